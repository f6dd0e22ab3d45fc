"""MkDocs' events, each passed on to evidencebase; nothing is decided here."""

from evidencebase.clock import today
from evidencebase.host.mkdocs import SiteBuild

_build = SiteBuild(today())

on_startup = _build.on_startup
on_config = _build.on_config
on_files = _build.on_files
on_env = _build.on_env
on_page_content = _build.on_page_content
on_post_page = _build.on_post_page
on_post_build = _build.on_post_build
on_build_error = _build.on_build_error
on_serve = _build.on_serve
on_shutdown = _build.on_shutdown

"""Hands the pages of the knowledge base to MkDocs; the only door to it."""

from evidencebase.host.mkdocs.events import SiteBuild
from evidencebase.host.mkdocs.run import Built, build, preview

__all__ = ["Built", "SiteBuild", "build", "preview"]

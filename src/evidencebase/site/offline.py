"""What the offline copy of a language is called."""

from __future__ import annotations

from evidencebase.site.edition import Edition
from evidencebase.text.slugs import slugify


def offline_name(edition: Edition) -> str:
    """Return the name of the file: `peace-in-riverton-en-offline.zip`."""
    site = slugify(edition.base.settings.site_name)
    return f"{f'{site}-' if site else ''}{edition.language}-offline.zip"

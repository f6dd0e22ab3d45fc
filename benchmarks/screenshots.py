"""Takes pictures of six kinds of pages in English and Arabic, narrow and wide, light and dark.

`make screenshots` builds the site first. It needs Debian's package `chromium`. The pictures are for people to look at.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

PAGES = {
    "home": "", "strategy": "strategies/street-outreach/", "case-study": "case_studies/oakland/",
    "city": "cities/palmira/", "evidence-map": "evidence-map/", "timeline": "milestones/",
}  # fmt: skip
LANGUAGES = ("en", "ar")
WIDTHS = (360, 1440)
OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def main() -> int:
    """Write the pictures to the folder that the second argument names; the first is the site."""
    site, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no chromium here: `apt-get install chromium`")
        return 2
    target.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, tempfile.TemporaryDirectory() as profile:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{server.server_address[1]}"
        for language in LANGUAGES:
            for name, path in PAGES.items():
                for width in WIDTHS:
                    for colours in ("light", "dark"):
                        file = target / f"{name}-{language}-{width}-{colours}.png"
                        dark = ("--force-dark-mode",) if colours == "dark" else ()
                        _run(chromium, profile, *dark, f"--window-size={width},1600", f"--screenshot={file}",
                             f"{root}/{language}/{path}")  # fmt: skip
                        print(file)
        server.shutdown()
    return 0


def _run(chromium: str, profile: str, *arguments: str) -> None:
    subprocess.run([chromium, *OPTIONS, f"--user-data-dir={profile}", *arguments], check=True, capture_output=True)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each request."""


if __name__ == "__main__":
    sys.exit(main())

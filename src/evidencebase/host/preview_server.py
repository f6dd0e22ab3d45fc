"""Shows the preview on this computer, and has the browser load a page again when an edit has changed it."""

from __future__ import annotations

import contextlib
import mimetypes
import re
import threading
import time
from collections.abc import Callable
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from evidencebase.cache.stamps import NEVER_READ
from evidencebase.host.preview import Preview

CHANGES = "/_changes"
RELOAD = f'<script>new EventSource("{CHANGES}").onmessage = () => location.reload();</script>'
POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy"?[^>]*>')
"""The published pages forbid scripts such as the one above."""
SETTLE = 0.02
"""Seconds in which an editor that writes a file in several steps is done."""
HEARTBEAT = 15.0
"""Seconds after which a silent connection is tried, so that closed pages are noticed."""


class Changes:
    """Counts the edits, and wakes up whoever waits for the next one."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.count = 0
        self.looked_at = ""
        """The language that was last asked for."""
        self._changed = threading.Condition()

    def announce(self) -> None:
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """Return the number of edits as soon as it is no longer `seen`, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self.count != seen, seconds)
            return self.count


class _Edits(FileSystemEventHandler):
    """Notices edits below the root, in folders that are made later as well; what begins with a dot is no content."""

    def __init__(self, root: Path, edited: threading.Event) -> None:
        self._root = root
        self._edited = edited
        self._observer = Observer()
        self._observer.daemon = True

    def begin(self) -> None:
        self._observer.schedule(self, str(self._root))
        for folder in sorted(self._root.iterdir()):
            self._look_into(folder)
        self._observer.start()

    def _look_into(self, folder: Path) -> None:
        if folder.is_dir() and folder.name[0] != "." and folder.name not in NEVER_READ:
            self._observer.schedule(self, str(folder), recursive=True)

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(str(event.src_path))
        inside = path.relative_to(self._root).parts
        if event.event_type == "created" and len(inside) == 1:
            self._look_into(path)
        if event.event_type not in ("opened", "closed_no_write") and inside and inside[0][0] != ".":
            self._edited.set()


def follow(preview: Preview, changes: Changes, edited: threading.Event) -> None:
    """Make the language that is looked at again after each edit, and tell the browsers."""
    while True:
        edited.wait()
        time.sleep(SETTLE)
        edited.clear()
        started = time.monotonic()
        preview.page_folder(changes.looked_at or preview.languages[0])
        changes.say(preview.faults or f"up to date after {time.monotonic() - started:.2f} s")
        changes.announce()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, preview: Preview, changes: Changes, *connection: Any) -> None:
        self.preview = preview
        self.changes = changes
        super().__init__(*connection)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == CHANGES:
            self._tell_changes()
            return
        language, _, inside = path.removeprefix("/").partition("/")
        languages = self.preview.languages
        if language not in languages or f"/{language}" == path:
            there = f"/{language if language in languages else languages[0]}/"
            self._send(b"", "text/plain", HTTPStatus.FOUND, Location=there)
            return
        self.changes.looked_at = language
        folder = self.preview.page_folder(language)
        if folder is None:
            page = (
                f"<!doctype html><meta charset=utf-8><title>!</title><pre>{escape(self.preview.faults)}</pre>{RELOAD}"
            )
            self._send(page.encode(), "text/html; charset=utf-8", HTTPStatus.SERVICE_UNAVAILABLE)
            return
        self._send_file(folder, inside)

    def _send_file(self, folder: Path, inside: str) -> None:
        file = (folder / inside).resolve()
        if file.is_dir() and inside and not inside.endswith("/"):
            self._send(b"", "text/plain", HTTPStatus.FOUND, Location=f"{urlsplit(self.path).path}/")
            return
        file = file / "index.html" if file.is_dir() else file
        status = HTTPStatus.OK
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            file, status = folder / "404.html", HTTPStatus.NOT_FOUND
        data = file.read_bytes() if file.is_file() else b""
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind == "text/html":
            text = POLICY.sub("", data.decode("utf-8"))
            data, kind = text.replace("</body>", f"{RELOAD}</body>").encode(), "text/html; charset=utf-8"
        self._send(data, kind, status)

    def _send(self, data: bytes, kind: str, status: HTTPStatus, **headers: str) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _tell_changes(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        seen = self.changes.count
        with contextlib.suppress(OSError):
            while True:
                count = self.changes.wait(seen, HEARTBEAT)
                self.wfile.write(b"data: changed\n\n" if count != seen else b": still here\n\n")
                self.wfile.flush()
                seen = count

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of single requests."""


def serve(preview: Preview, address: tuple[str, int], language: str, say: Callable[[str], None]) -> None:
    """Show the preview at this address and follow every edit, until interrupted; raises OSError where it is taken."""
    changes, edited = Changes(say), threading.Event()
    with ThreadingHTTPServer(address, partial(_Handler, preview, changes)) as server:
        server.daemon_threads = True
        changes.looked_at = language
        started = time.monotonic()
        preview.page_folder(language)
        _Edits(preview.root, edited).begin()
        threading.Thread(target=follow, args=(preview, changes, edited), daemon=True).start()
        took = f"{time.monotonic() - started:.1f} s"
        say(preview.faults or f"http://{address[0]}:{server.server_port}/{language}/ ({took}); press Ctrl-C to end")
        server.serve_forever()

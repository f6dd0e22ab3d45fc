"""Firefox by its own remote protocol, Marionette: one program, one socket, no driver between."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PREFERENCES = """user_pref("marionette.port", {port});
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
"""


class Firefox:
    """A window of Firefox."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._stream = connection.makefile("rb")
        self._number = 0
        self._read()
        self.ask("WebDriver:NewSession", {"strictFileInteractability": True})

    def ask(self, command: str, values: dict[str, Any]) -> Any:
        """Return what a command gives (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html)."""
        self._number += 1
        data = json.dumps([0, self._number, command, values]).encode()
        self._connection.sendall(b"%d:%s" % (len(data), data))
        _, _, error, result = self._read()
        assert error is None, error
        return result.get("value", result) if isinstance(result, dict) else result

    def open(self, address: str) -> None:
        self.ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str) -> Any:
        """Return what the body of a function gives."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})

    def wait(self, script: str, seconds: float = 20) -> Any:
        """Return what a script gives as soon as that is something."""
        end = time.monotonic() + seconds
        while not (found := self.run(script)):
            assert time.monotonic() < end, f"in {seconds} seconds nothing came of: {script}"
            time.sleep(0.1)
        return found

    def _read(self) -> Any:
        length = b""
        while (character := self._stream.read(1)) != b":":
            assert character, "Firefox has gone"
            length += character
        return json.loads(self._stream.read(int(length)))


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Start Firefox without a display, in a profile of its own, and end it."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "there is no firefox-esr on this computer: run `make browsers`"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as profile:
        (Path(profile) / "user.js").write_text(PREFERENCES.format(port=port), encoding="utf-8")
        process = subprocess.Popen(
            [program, "--headless", "--marionette", "--remote-allow-system-access", "--profile", profile],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"HOME": profile, "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        try:
            with _connected(port) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
            process.wait(20)


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            assert time.monotonic() < end, "Firefox does not answer"
            time.sleep(0.2)

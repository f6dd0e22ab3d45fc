"""Runs a command and says what it and everything it started took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    cpu: float
    """Seconds of all processes together, in the program and in the system."""
    wall: float
    """Seconds by the clock."""
    memory: float
    """MB of the largest process at its largest."""


def cost(command: str, folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command line in a folder; what it prints stands in `output.txt` beside the folder.

    The measuring process itself must be small: Linux counts the memory of a parent to what it starts.
    """
    log = folder.parent / "output.txt"
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["sh", "-ec", command], cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}\n{log.read_text(errors='replace')[-3000:]}\nit ended with code {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def least(costs: Iterable[Cost]) -> Cost:
    """Return the least of each: other work on the machine can only add to it."""
    known = list(costs)
    return Cost(min(one.cpu for one in known), min(one.wall for one in known), min(one.memory for one in known))

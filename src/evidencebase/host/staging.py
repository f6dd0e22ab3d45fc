"""Builds beside the published site and puts the result in its place in one step, or leaves everything as it was."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
from pathlib import Path

_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2), Linux 3.15 and later."""
_HERE = -100
"""AT_FDCWD: paths are relative to the working directory."""


SPARE = ".spare"
"""Where the folders of the site before the last lie in a staging folder: making and removing thousands of them takes
longer than all else that one edit needs."""


def open_staging(site: Path, spare: Path | None = None) -> Path:
    """Return a new folder beside `site`, and sweep away those of builds that were killed.

    The folder is empty but for `SPARE`, where `publish` has put a site aside at `spare`.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    for left in site.parent.glob(f".{site.name}-*"):
        owner = left.name.rpartition("-")[2]
        if owner.isdigit() and not _is_running(int(owner)):
            shutil.rmtree(left, ignore_errors=True)
    staging = site.parent / f".{site.name}-{os.getpid()}"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir()
    if spare is not None:
        with contextlib.suppress(OSError):
            spare.rename(staging / SPARE)
    return staging


def publish(staging: Path, site: Path, spare: Path | None = None) -> None:
    """Put the staged site in the place of the published one, and that one aside at `spare`, or away."""
    shutil.rmtree(staging / SPARE, ignore_errors=True)
    if not site.exists():
        staging.rename(site)
        return
    if not _exchange(staging, site):
        # No atomic exchange on this system: for a moment there is no site, but never half of one.
        aside = site.parent / f".{site.name}-old-{os.getpid()}"
        site.rename(aside)
        staging.rename(site)
        aside.rename(staging)
    if spare is not None:
        shutil.rmtree(spare, ignore_errors=True)
        with contextlib.suppress(OSError):  # it may lie on another disk
            staging.rename(spare)
    shutil.rmtree(staging, ignore_errors=True)


def discard(staging: Path) -> None:
    shutil.rmtree(staging, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
    return False


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

"""Makes files in processes of their own, as many as there are to share the work; who makes one changes nothing.

Typst runs threads, and a build copies its process for each language. A copy of a process with threads stands still, so
that Typst may never run where a build does.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import IO, Any, TypeAlias

from evidencebase.cache.pickles import packed, unpacked
from evidencebase.diagnostics import KnowledgeBaseError
from evidencebase.export.pdf.compiler import LayoutError

Work: TypeAlias = tuple[Callable[..., bytes], tuple[Any, ...]]
"""A function of a module, and what it is given."""
Made: TypeAlias = bytes | LayoutError


def all_made(work: Sequence[Work], processes: int = 1) -> list[Made]:
    """Return what each piece of work gives, in order; raises KnowledgeBaseError where a process fails."""
    shares = [work[number::processes] for number in range(min(processes, len(work)))]
    running = [_started(share) for share in shares]
    results = [_result(process, output) for process, output in running]
    return [results[number % processes][number // processes] for number in range(len(work))]


def _started(share: Sequence[Work]) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    command = [sys.executable, "-m", "evidencebase.export.pressroom"]
    output = tempfile.TemporaryFile()  # noqa: SIM115 - read when the process has ended
    with tempfile.TemporaryFile() as given:
        given.write(packed(share))
        given.seek(0)
        process = subprocess.Popen(command, stdin=given, stdout=output, stderr=subprocess.PIPE)  # noqa: S603 - our own
    return process, output


def _result(process: subprocess.Popen[bytes], output: IO[bytes]) -> list[Made]:
    _, words = process.communicate()
    if process.returncode:
        raise KnowledgeBaseError(f"printing failed\n{words.decode('utf-8', 'replace')}")
    with output:
        output.seek(0)
        made: list[Made] = unpacked(output.read())
    return made


def made(work: Work) -> Made:
    """Return what a piece of work gives, or what cannot be printed."""
    make, given = work
    try:
        return make(*given)
    except LayoutError as error:
        return error


def main() -> None:
    """Do the work that stands on the input, and write what it gives."""
    work: list[Work] = unpacked(sys.stdin.buffer.read())
    sys.stdout.buffer.write(packed([made(one) for one in work]))


if __name__ == "__main__":
    main()

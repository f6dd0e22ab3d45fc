"""Writes the same generated records as a knowledge base and as plain Markdown: `generate.py LAYOUT DIR --records N`."""

from __future__ import annotations

import argparse
from pathlib import Path

from plain import Layout, write_plain
from samples import Size

LAYOUTS = {
    "mkdocs": Layout("{language}/docs"),
    "static-i18n": Layout("docs/{language}"),
    "hugo": Layout("content/{language}", index="_index.md"),
    "starlight": Layout("src/content/docs/{language}", absolute=True),
}
EXTRAS = 12
"""How many more records are written, for measurements that add one."""


def references_for(records: int) -> int:
    """Return how many references a knowledge base of this size has: 300 for 1,000 records, and in proportion."""
    return max(15, records * 3 // 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("layout", choices=["knowledge-base", *LAYOUTS])
    parser.add_argument("dir", type=Path, help="gets a folder `root`, and `extra` with records that may be added")
    parser.add_argument("--records", type=int, default=50, help="20 at least; each is written in four languages")
    parser.add_argument("--references", type=int, help="by default 300 for 1,000 records, and in proportion")
    options = parser.parse_args()
    size = Size(options.records, options.references or references_for(options.records), EXTRAS)
    root, extra = options.dir / "root", options.dir / "extra"
    if options.layout in LAYOUTS:
        write_plain(root, extra, LAYOUTS[options.layout], size)
    else:
        from knowledge_base import write_knowledge_base  # noqa: PLC0415 - it needs the engine, plain text does not

        write_knowledge_base(root, extra, size)


if __name__ == "__main__":
    main()

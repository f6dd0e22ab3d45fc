"""Weighs the first view of every page of a built site, and ends with 1 where one is above the budget.

`make weight` builds the site first. What counts are the compressed bytes of HTML, style sheet and scripts; pictures are
apart. A page that is too heavy is named with its heaviest parts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from evidencebase.host.weight import BUDGET, LOADED, compressed, first_view, heaviest_parts

REQUESTS = 6
OTHER = re.compile(r'<(?:img[^>]* src|link[^>]* rel="icon"[^>]* href)="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Weight:
    """The first view of one page, in compressed bytes."""

    place: str
    html: int
    styles: int
    scripts: int
    requests: int

    @property
    def total(self) -> int:
        return self.html + self.styles + self.scripts


@cache
def size(path: Path) -> int:
    return compressed(path.read_bytes())


def weigh(site: Path, page: Path) -> Weight:
    """Return what a page weighs; raises where it loads something from another host."""
    place = page.relative_to(site).as_posix()
    text = page.read_text(encoding="utf-8")
    for link in LOADED.findall(text):
        assert not urlsplit(link).netloc, f"{place} loads {link}"
    view = first_view(text, place)
    loaded = [site / name for name in view.loaded]
    styles, scripts = (sum(size(one) for one in loaded if one.suffix == suffix) for suffix in (".css", ".js"))
    return Weight(place, view.html, styles, scripts, 1 + len(loaded) + len(set(OTHER.findall(text))))


def kind(place: str) -> str:
    """Return what sort of page a file is, by its place: `one of cities`, `list of cities`."""
    _, *folders, file = place.split("/")
    if file != "index.html":
        return file
    if len(folders) < 2:
        return f"list of {folders[0]}" if folders else "home"
    return f"{ {'by': 'filter', 'part': 'part'}.get(folders[1], 'one') } of {folders[0]}"


def faults(weights: list[Weight], site: Path) -> Iterator[str]:
    """Yield a line for every page above the budget."""
    for one in weights:
        text = (site / one.place).read_text(encoding="utf-8")
        if one.total > BUDGET:
            weight = f"{one.total / 1000:.1f} kB, {BUDGET / 1000:.0f} are allowed"
            yield f"{one.place}: error[page-too-heavy] {weight}; heaviest: {heaviest_parts(text)}"
        if one.requests > REQUESTS and "<img" not in text:
            yield f"{one.place}: error[too-many-requests] {one.requests}, {REQUESTS} are allowed"


def main() -> int:
    """Print the heaviest page of each kind in each language, and what is above the budget."""
    site = Path(sys.argv[1]).resolve()
    weights = [weigh(site, page) for page in sorted(site.rglob("*.html")) if page.parent != site]
    languages = sorted({one.place.split("/")[0] for one in weights})
    table: dict[str, dict[str, Weight]] = {}
    for one in weights:
        row = table.setdefault(kind(one.place), {})
        language = one.place.split("/")[0]
        if language not in row or row[language].total < one.total:
            row[language] = one
    print(
        f"{'kB: heaviest page of its kind':34}" + "".join(f"{language:>8}" for language in languages) + "   html css js"
    )
    for name, row in sorted(table.items()):
        cells = "".join(f"{row[one].total / 1000:8.1f}" if one in row else f"{'':8}" for one in languages)
        top = max(row.values(), key=lambda one: one.total)
        print(f"{name:34}{cells}   {top.html / 1000:.1f} {top.styles / 1000:.1f} {top.scripts / 1000:.1f}")
    wrong = list(faults(weights, site))
    print("\n".join(wrong) or f"{len(weights)} pages, none above {BUDGET / 1000:.0f} kB or {REQUESTS} requests")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

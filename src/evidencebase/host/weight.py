"""What the first view of a page weighs, and which pages are too heavy for a slow telephone.

What counts are the compressed bytes of HTML, style sheet and scripts; pictures are apart.
"""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from evidencebase.diagnostics import Code, Diagnostic, Location
from evidencebase.site.addresses import address
from evidencebase.site.made import Head

BUDGET = 30_000
LOADED = re.compile(r'<(?:script[^>]* src|link[^>]* rel="stylesheet"[^>]* href)="([^"]+)"')
PARTS: Mapping[str, str] = {
    "list of references": r'<ul class="eb-references".*?</ul>',
    "claims": r'<section class="eb-claim".*?</section>',
    "tables": r"<table.*?</table>",
    "navigation": r"<nav.*?</nav>",
    "cards": r'<ul class="eb-cards".*?</ul>',
    "filters": r'<details class="eb-filters".*?</details>',
    "drawings": r"<svg.*?</svg>",
    "code": r"<pre.*?</pre>",
    "for machines": r'<(?:script type="application/ld\+json".*?</script>|meta [^>]*>)',
    "paragraphs": r"<p>.*?</p>",
}
"""Part of a page, by the name its author knows → how it is told from the rest."""


@dataclass(frozen=True, slots=True)
class FirstView:
    html: int
    """Compressed bytes."""
    loaded: tuple[str, ...]
    """Style sheets and scripts, by their path from where the place of the page begins."""


def first_view(html: str, place: str) -> FirstView:
    """Return what a browser loads to show the page that lies at this place."""
    links = (urljoin(f"/{place}", link).lstrip("/") for link in LOADED.findall(html))
    return FirstView(compressed(html.encode()), tuple(links))


def compressed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def heaviest_parts(html: str) -> str:
    """Return the three parts without which the page would be lightest, and by how much."""
    whole = compressed(html.encode())
    saved = {
        name: whole - compressed(re.sub(pattern, "", html, flags=re.DOTALL).encode()) for name, pattern in PARTS.items()
    }
    heaviest = sorted(saved.items(), key=lambda one: -one[1])[:3]
    return ", ".join(f"{name} {size / 1000:.1f} kB" for name, size in heaviest)


def too_heavy(site: Path, heads: Iterable[Head], views: Mapping[str, FirstView]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for every page of a language above the budget; `views` are given by the path of the page."""
    sizes: dict[str, int] = {}
    for head in heads:
        view = views[head.path]
        for name in view.loaded:
            if name not in sizes:
                sizes[name] = compressed((site / name).read_bytes())
        weight = view.html + sum(sizes[name] for name in view.loaded)
        if weight > BUDGET:
            place = f"{address(head.path)}index.html"
            parts = heaviest_parts((site / place).read_text(encoding="utf-8"))
            yield Diagnostic(
                Location(head.source or "mkdocs.yml"),
                Code.PAGE_TOO_HEAVY,
                f"{posixpath.join(site.name, place)} has {weight / 1000:.1f} kB, the limit is {BUDGET / 1000:.0f} kB",
                f"shorten or split it; heaviest are: {parts}",
            )

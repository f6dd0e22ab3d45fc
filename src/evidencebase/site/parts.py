"""Parts that the site adds below a hand-written page: evidence map, comparison, strength rule, files of data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from evidencebase.site.claims import StrengthView, design_name, place_names, strength_view
from evidencebase.site.compare import compared
from evidencebase.site.data import data_view
from evidencebase.site.edition import Edition, speaker
from evidencebase.site.evidence_map import evidence_map
from evidencebase.site.translations import translations
from evidencebase.text.strings import apart
from evidencebase.text.templates import fill


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A worked example of the strength rule."""

    supports: str
    challenges: str
    strength: StrengthView
    contested: bool


def shown_part(edition: Edition, name: str, page: str) -> Markup:
    """Return the part of this name as HTML, or nothing where the page shows none."""
    if not name:
        return Markup("")
    values = {**PARTS[name](edition, page), "t": speaker(edition)}
    return Markup(fill(edition.base.templates, f"{name}.md.jinja", values))  # noqa: S704 - escaped by the template


def _examples(edition: Edition, page: str) -> Mapping[str, object]:
    return {
        "examples": tuple(
            ExampleView(
                _sources(edition, example.supports), _sources(edition, example.challenges),
                strength_view(edition, example.ceiling.strength), example.ceiling.contested,
            )
            for example in edition.base.examples
        )
    }  # fmt: skip


def _sources(edition: Edition, sources: tuple[tuple[str, str], ...]) -> str:
    """Return the sources of an example in words: `Randomised trial (Liberia); Policy document`."""
    names = []
    for design, country in sources:
        where = f" ({place_names(edition, [country])[0]})" if country else ""
        names.append(f"{design_name(edition, design)}{where}")
    return apart(edition.strings, names) or speaker(edition)("examples.nothing")


PARTS: Mapping[str, Callable[[Edition, str], Mapping[str, object]]] = {
    "evidence_map": lambda edition, page: {"map": evidence_map(edition, page)},
    "compare": lambda edition, page: {"rows": compared(edition, page)},
    "strength_rule": _examples,
    "translations": lambda edition, page: {"translations": translations(edition, page)},
    "data": lambda edition, page: {"data": data_view(edition, page)},
}
"""What a page can ask for with `shows`."""

"""Links and their other ends."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evidencebase.content.pipeline import read
from evidencebase.diagnostics import Code
from evidencebase.model import RecordId

SLUGS = ["ceasefire", "mediation", "truce", "curfew", "parley"]
links_of_one = st.tuples(
    st.lists(st.sampled_from([*SLUGS, "nothing"]), max_size=4, unique=True),
    st.lists(st.sampled_from([*SLUGS, "nothing"]), max_size=4),
)
networks = st.dictionaries(st.sampled_from(SLUGS), links_of_one, max_size=5)


def term(related: list[str], mentioned: list[str]) -> str:
    prose = "".join(f"See [it](../{slug}/index.md#definition).\n" for slug in mentioned)
    return f"---\ntitle: A\nsummary: B.\nstatus: draft\ndefinition: C.\nrelated: {related}\n---\n{prose}"


@settings(max_examples=40)
@given(networks)
def test_each_link_has_its_backlink_and_each_backlink_its_link(network: dict[str, tuple[list[str], list[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "mkdocs.yml").write_text("site_name: A\n", encoding="utf-8")
        for slug, (related, mentioned) in network.items():
            (root / "glossary" / slug).mkdir(parents=True)
            (root / "glossary" / slug / "index.md").write_text(term(related, mentioned), encoding="utf-8")
        result = read(root)

    base = result.knowledge_base
    assert [link for found in base.backlinks.values() for link in found] != [None]
    assert sorted(link for found in base.backlinks.values() for link in found) == sorted(base.links)
    assert all(link.target == target for target, found in base.backlinks.items() for link in found)

    wanted = set()
    missing = 0
    for slug, (related, mentioned) in network.items():
        for relation, named in (("related", related), ("mentions", mentioned)):
            missing += sum(other not in network for other in named)
            wanted |= {
                (slug, other, relation)
                for other in named
                if other in network and (other != slug or relation == "related")
            }
    assert {(link.source.slug, link.target.slug, link.relation) for link in base.links} == wanted
    assert [d.code for d in result.diagnostics].count(Code.UNKNOWN_RECORD) == missing
    assert {id for link in base.links for id in (link.source, link.target)} <= {
        RecordId("term", slug) for slug in network
    }

"""The style sheet keeps what pages need and nothing else."""

from __future__ import annotations

import pytest

from evidencebase.text.style_sheets import asked_for, joined, names_in, names_in_script

PAGE = '<main class="card wide"><a href="#x" id="x" aria-current="page">here</a><p>text</p></main>'


@pytest.mark.parametrize(
    "rule",
    [
        ".card{color:red}",
        "main.card.wide>p{color:red}",
        "#x{color:red}",
        "a[aria-current]{color:red}",
        'a[aria-current="page"]:hover{color:red}',
        ".card:not(.dark){color:red}",
        "a:where(p,.never){color:red}",
        "*,::before{color:red}",
        "@media print{.card{color:red}}",
        '@media screen and (min-width:60em){@supports (gap:1px){a::after{content:"a, .b"}}}',
    ],
)
def test_a_rule_that_fits_something_on_a_page_stays(rule: str) -> None:
    assert joined([rule], names_in(PAGE)) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".table{color:red}",
        ".card .table{color:red}",
        "#y{color:red}",
        "a[hidden]{color:red}",
        "table{color:red}",
        ".card:is(.dark,#y){color:red}",
        "@media print{.table{color:red}}",
        "@keyframes turn{from{rotate:0deg}}",
        ":root{--never-read:1px}",
        "",
    ],
)
def test_a_rule_that_fits_nothing_goes(rule: str) -> None:
    assert joined([rule], names_in(PAGE)) == ""


def test_of_several_selectors_those_that_fit_stay() -> None:
    assert joined([".table,.card,#y{color:red}"], names_in(PAGE)) == ".card{color:red}"


def test_variables_that_only_unread_variables_read_go_too() -> None:
    css = ":root{--a:var(--b);--b:1px;--c:2px}a{margin:var(--c)}"
    assert joined([css], names_in(PAGE)) == ":root{--c:2px}a{margin:var(--c)}"


def test_an_animation_that_a_rule_names_stays() -> None:
    css = "a{animation:turn 1s}@keyframes turn{to{rotate:1turn}}"
    assert joined([css], names_in(PAGE)) == css


def test_what_a_script_adds_counts_as_being_there() -> None:
    names = names_in_script('list.className = "hits"; list.hidden = true;')
    assert joined([".hits{color:red}", "[hidden]{color:red}"], names) == ".hits{color:red}[hidden]{color:red}"


def test_without_names_every_rule_stays() -> None:
    assert joined([".a { color : red; } /* b */ .b{ --x: 1 }"]) == ".a{color:red}.b{--x:1}"


def test_only_names_that_rules_ask_for_matter() -> None:
    assert {".card", "[hidden]", "#x", "main"} <= asked_for(["main .card[hidden]{color:#fff}", "#x{top:0}"])

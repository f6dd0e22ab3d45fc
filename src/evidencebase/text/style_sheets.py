"""Joins style sheets into one and leaves out every rule that no page can need; the only door to tinycss2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2
from tinycss2.ast import AtRule, FunctionBlock, Node, QualifiedRule

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s+[a-zA-Z_:@.-][\w:.-]*(?:=\"[^\"]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:@.-][\w:.-]*)(?:=\"([^\"]*)\")?")
_WORD = re.compile(r"[\w-]+")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
NESTED = frozenset({"media", "supports", "layer", "container"})
"""At-rules that hold rules."""
ANY_OF = frozenset({"is", "where", "matches", "-moz-any", "-webkit-any"})


def names_in(html: str) -> frozenset[str]:
    """Return what selectors may ask for on a page: `div`, `.card`, `#top`, `[hidden]`."""
    found: set[str] = set()
    for tag, attributes in set(_TAG.findall(html)):
        found.add(tag)
        for name, value in _ATTRIBUTE.findall(attributes):
            found.add(f"[{name}]")
            if name == "class":
                found.update(f".{one}" for one in value.split())
            elif name == "id":
                found.add(f"#{value}")
    return frozenset(found)


def names_in_script(script: str) -> frozenset[str]:
    """Return what a script may add to a page: any of its words may be an element, a class, an id or an attribute."""
    words = set(_WORD.findall(script))
    return frozenset(
        f"{mark}{word}{end}" for word in words for mark, end in (("", ""), (".", ""), ("#", ""), ("[", "]"))
    )


def asked_for(sheets: Iterable[str]) -> frozenset[str]:
    """Return every name that the sheets have a rule for; what a page has beyond them does not matter."""
    css = "".join(sheets)
    selectors = frozenset(re.findall(r"[.#]?[a-zA-Z][\w-]*", css))
    return selectors | {f"[{name}]" for name in re.findall(r"\[([\w-]+)", css)}


def joined(sheets: Iterable[str], names: frozenset[str] | None = None) -> str:
    """Return the style sheets as one, without comments; with `names`, only what pages with these names can need."""
    rules = [rule for sheet in sheets for rule in _rules(sheet)]
    if names is None:
        return "".join(_written(rule) for rule in rules)
    css = "".join(_kept(rules, names))
    while (fewer := _without_unused(css)) != css:
        css = fewer
    return css


def _rules(css: str) -> list[Node]:
    return list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _kept(rules: Iterable[Node], names: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [one for one in _split(rule.prelude) if _can_match(one, names)]
            if selectors:
                yield f"{','.join(_compact(tinycss2.serialize(one)) for one in selectors)}{{{_body(rule)}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in NESTED and rule.content is not None:
            inside = "".join(
                _kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), names)
            )
            if inside:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}{{{inside}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword != "charset":
            yield _written(rule)


def _can_match(selector: list[Node], names: frozenset[str]) -> bool:
    """Tell whether everything that a selector asks for is somewhere on the pages; what it excludes does not count."""
    return all(_is_there(before, node, names) for before, node in zip([None, *selector], selector, strict=False))


def _is_there(before: Node | None, node: Node, names: frozenset[str]) -> bool:
    mark = before.value if before is not None and before.type == "literal" else ""
    if node.type == "ident":
        return mark in (":", "::") or (f".{node.value}" if mark == "." else node.value) in names
    if node.type == "hash":
        return f"#{node.value}" in names
    if node.type == "[] block":
        return _has_attribute(node.content, names)
    if isinstance(node, FunctionBlock) and node.lower_name in ANY_OF:
        return any(_can_match(one, names) for one in _split(node.arguments))
    return True


def _has_attribute(content: list[Node], names: frozenset[str]) -> bool:
    name = next((node.value for node in content if node.type == "ident"), "")
    return f"[{name}]" in names


def _split(nodes: Iterable[Node]) -> list[list[Node]]:
    """Return the selectors of a list, one by one."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        if node.type == "literal" and node.value == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _without_unused(css: str) -> str:
    """Return the sheet without variables that nothing reads and movements that nothing makes."""
    used = set(_VARIABLE.findall(css))
    words = set(_WORD.findall(re.sub(r"@(?:-\w+-)?keyframes\s+[\w-]+", "", css)))
    kept = []
    for rule in _rules(css):
        if isinstance(rule, AtRule) and rule.lower_at_keyword.endswith("keyframes"):
            if tinycss2.serialize(rule.prelude).strip() in words:
                kept.append(_written(rule))
        else:
            kept.append(_written(rule, used))
    return "".join(kept)


def _written(rule: Any, used: set[str] | None = None) -> str:
    if isinstance(rule, QualifiedRule):
        body = _body(rule, used)
        return f"{_compact(tinycss2.serialize(rule.prelude))}{{{body}}}" if body else ""
    if isinstance(rule, AtRule) and rule.lower_at_keyword in NESTED and rule.content is not None:
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        text = "".join(_written(one, used) for one in inside)
        return f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude).rstrip()}{{{text}}}" if text else ""
    return str(rule.serialize()) if rule.type != "error" else ""


def _body(rule: Any, used: set[str] | None = None) -> str:
    declarations = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
    return ";".join(
        f"{one.name}:{_compact(tinycss2.serialize(one.value))}{'!important' if one.important else ''}"
        for one in declarations
        if one.type == "declaration" and (used is None or not one.name.startswith("--") or one.name in used)
    )


def _compact(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

"""Measures builds and prints tables: `python benchmarks/run.py cold,body --records 250 --tools evidencebase,hugo`."""

from __future__ import annotations

import argparse
import math
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from measure import Cost, least
from places import SCENARIOS, Place, prepare
from tools import PEERS, TOOLS, installed

ALL = ("cold", "nothing", "body", "title", "added", "removed", "restored")
OURS = "evidencebase"


def main() -> None:
    """Measure what the arguments name, and print a table for each scenario and size."""
    options = _options()
    if set(options.tools) - {OURS}:
        installed()
    print("\n".join(_circumstances(options.rounds)))
    found: dict[tuple[str, int], dict[str, Cost]] = {}
    pages: dict[tuple[str, int], int] = {}
    for records in options.records:
        places = {tool: prepare(tool, records) for tool in options.tools}
        costs: dict[tuple[str, str], list[Cost]] = {}
        for round in range(options.rounds):
            for scenario in options.scenarios:
                for tool, place in places.items():
                    taken = _measured(scenario, place, round)
                    costs.setdefault((scenario, tool), []).append(taken)
                    told = f"{taken.cpu:.2f} s CPU, {taken.wall:.2f} s, {taken.memory:.0f} MB"
                    print(f"{records} records, round {round + 1}, {scenario}, {tool}: {told}", file=sys.stderr)
        for tool, place in places.items():
            pages[tool, records] = sum(1 for site in place.sites for _ in site.rglob("*.html"))
        for scenario in options.scenarios:
            found[scenario, records] = {tool: least(costs[scenario, tool]) for tool in options.tools}
            print("\n".join(_table(scenario, records, found[scenario, records], pages)))
    if len(options.records) > 1:
        print("\n".join(line for name in options.scenarios for line in _growth(name, options.records, found)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", type=_scenarios, help=f"all, or some of {', '.join(SCENARIOS)}, with commas")
    parser.add_argument("--records", type=_numbers, default=[50], help="with commas; a record has four pages")
    parser.add_argument("--tools", type=_tools, default=[OURS], help=f"all, or some of {', '.join(TOOLS)}")
    parser.add_argument("--rounds", type=int, default=3, choices=range(1, 13), metavar="N", help="3 by default")
    options = parser.parse_args()
    if any(name.startswith("check") for name in options.scenarios) and options.tools != [OURS]:
        parser.error("only evidencebase has a `check`")
    return options


def _scenarios(text: str) -> list[str]:
    return _known(text, SCENARIOS, ALL)


def _tools(text: str) -> list[str]:
    return _known(text, TOOLS, tuple(TOOLS))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _known(text: str, names: Mapping[str, object], all: Sequence[str]) -> list[str]:
    chosen = list(all) if text == "all" else text.split(",")
    if unknown := set(chosen) - set(names):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    return chosen


def _measured(scenario: str, place: Place, round: int) -> Cost:
    return SCENARIOS[scenario][1](place, round)


def _circumstances(rounds: int) -> Iterator[str]:
    """Yield what must be known about a table: the machine, the state of the engine, the versions of the others."""
    git = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"]
    state = subprocess.run(git, check=False, capture_output=True, text=True).stdout.strip() or "unknown"
    model = re.search(r"^model name\s*:\s*(.*)$", _text("/proc/cpuinfo"), re.MULTILINE)
    yield f"* evidencebase at {state}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield f"* {os.cpu_count()} cores, {model[1] if model else 'unknown'}; load before: {os.getloadavg()[0]:.1f}"
    yield f"* `{' '.join(['python', *sys.argv])}`: the least of {rounds} rounds"
    versions = re.findall(r"^([\w-]+)==([\w.]+)$", _text(PEERS / "requirements.txt"), re.MULTILINE)
    versions += re.findall(r'"(astro|@astrojs/starlight)": "([\d.]+)"', _text(PEERS / "starlight" / "package.json"))
    yield f"* {', '.join(f'{name} {version}' for name, version in versions)}"


def _text(path: str | Path) -> str:
    file = Path(path)
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _table(
    scenario: str, records: int, costs: Mapping[str, Cost], pages: Mapping[tuple[str, int], int]
) -> Iterator[str]:
    """Yield a table of one scenario; the ratios say how much of a tool's CPU time evidencebase takes."""
    yield f"\n**{SCENARIOS[scenario][0]}, {records} records in four languages**\n"
    yield "| | HTML pages | CPU s | ms a page | wall s | wall / CPU | peak MB | evidencebase / this | the same a page |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    ours, our_pages = costs.get(OURS), pages.get((OURS, records), 0)
    for tool, cost in costs.items():
        count = pages[tool, records]
        each = f"{1000 * cost.cpu / count:.1f}" if count else ""
        ratio = f"{ours.cpu / cost.cpu:.3f}" if ours else ""
        ratio_each = f"{ours.cpu / our_pages / cost.cpu * count:.3f}" if ours and our_pages else ""
        figures = (f"{cost.cpu:.2f}", each, f"{cost.wall:.2f}", f"{cost.wall / cost.cpu:.2f}", f"{cost.memory:.0f}")
        yield f"| {TOOLS[tool].title} | {count or ''} | {' | '.join(figures)} | {ratio} | {ratio_each} |"


def _growth(scenario: str, sizes: Sequence[int], found: Mapping[tuple[str, int], Mapping[str, Cost]]) -> Iterator[str]:
    """Yield a table of CPU seconds over sizes, with the exponent: 1 where twice the pages take twice the time."""
    yield f"\n**{SCENARIOS[scenario][0]}: CPU seconds over sizes**\n"
    yield f"| records | {' | '.join(map(str, sizes))} | exponent |"
    yield f"|---|{'--:|' * (len(sizes) + 1)}"
    for tool in found[scenario, sizes[0]]:
        seconds = [found[scenario, size][tool].cpu for size in sizes]
        figures = " | ".join(f"{one:.2f}" for one in seconds)
        yield f"| {TOOLS[tool].title} | {figures} | {exponent(sizes, seconds):.2f} |"


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Return the slope of the straight line through the logarithms, by least squares."""
    xs, ys = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


if __name__ == "__main__":
    main()

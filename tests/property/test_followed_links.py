"""Every link that an engine follows is drawn, and as one that can start something; how many are drawn beyond those."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.property.cases import Case, make_case
from tests.property.test_engine_cases import events_of, opened, run, seeds
from trigger_studio.analysis.graph.chain_graph import ChainGraph, chain_graph
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.profiles import parse_profile
from trigger_studio.services import bus, controls, trigger_log

SETS, START = 60, 9_000_000

Link = tuple[str, str]
"""Two rules: what a firing of the one raised, the other fired on."""


def drawn(graph: ChainGraph) -> tuple[set[Link], set[Link]]:
    """The links that something may follow by itself, and those that are faded."""
    links: tuple[set[Link], set[Link]] = set(), set()
    for edge in graph.crossing:
        if edge.automated:
            links[bool(edge.reason)].add((edge.source.split(":")[1], edge.target.split(":")[1]))
    return links


def followed(case: Case, url: str) -> set[Link]:
    """What an engine followed, with the gates answered; a firing that waits for a halt or an approval counts too.

    One that waits for a halt, and is too deep besides, would be refused as soon as the halt is lifted.
    """
    deepest = {item["id"]: item.get("max_depth", 10) for item in case.bundle["rules"]}
    with opened(case, url) as session:
        bus.emit(session, events_of(case, session))
        run(session, case)
        for answer in case.gate_answers:
            if gates := controls.gates(session):
                controls.answer_gate(session, gates[0].id, approve=answer == "approve")
                run(session, case)
        entries = trigger_log.entries(session)
    rules = {entry["id"]: entry["rule"] for entry in entries}
    return {
        (rules[entry["cause"]], entry["rule"])
        for entry in entries
        if entry["cause"] in rules and entry["reason"] != "depth" and entry["depth"] <= deepest[entry["rule"]]
    }


def follow(count: int, template: Path, folder: Path, start: int = START) -> None:
    """Run that many random sets and compare; prints the figures."""
    may = faded = taken = 0
    path = folder / "case.db"
    for seed in seeds(count, start):
        case = make_case(seed)
        profile = parse_profile(case.profile)
        may_start, never = drawn(chain_graph(parse_bundle(case.bundle, profile), profile))
        for left in folder.glob("case.db*"):
            left.unlink()
        shutil.copy(template, path)
        found = followed(case, f"sqlite:///{path}")
        assert found <= may_start, (seed, found - may_start)
        may, faded, taken = may + len(may_start), faded + len(never - may_start), taken + len(found)
    print(f"{count} sets: {may} links drawn, {taken} followed, {may - taken} not; {faded} more are faded")
    assert taken
    assert faded


@pytest.fixture
def template(request: pytest.FixtureRequest) -> Path:
    """A database file with the schema, to be copied."""
    return Path(request.getfixturevalue("_sqlite_template"))


def test_what_an_engine_follows_is_drawn(template: Path, tmp_path: Path) -> None:
    follow(SETS, template, tmp_path)


def test_what_a_halt_holds_may_be_too_deep_besides(template: Path, tmp_path: Path) -> None:
    case = make_case(165358351537)  # two links to a rule that fires at depth 1 only, held by a halt
    shutil.copy(template, tmp_path / "case.db")
    may_start, _ = drawn(chain_graph(parse_bundle(case.bundle, profile := parse_profile(case.profile)), profile))
    assert followed(case, f"sqlite:///{tmp_path / 'case.db'}") <= may_start


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_what_an_engine_follows_is_drawn_in_thousands_of_sets(template: Path, tmp_path: Path) -> None:
    follow(2_000, template, tmp_path, random.SystemRandom().randrange(1 << 40))

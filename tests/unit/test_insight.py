"""A rule in the making: tested against an event, foretold by an example, counted over what is on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.studio import furnish
from tests.unit.rules import PROFILE, rule, unhurried
from trigger_studio.analysis.conditions.example import fitting
from trigger_studio.decide.predicate import compile_test
from trigger_studio.model.bundle import parse_rule
from trigger_studio.model.event import Entity, Event
from trigger_studio.model.event_codec import EventIn, EventParser
from trigger_studio.model.rule import Rule
from trigger_studio.services import bus, controls, pipeline, rule_registry, simulation
from trigger_studio.services.backtest import Backtest
from trigger_studio.services.rule_preview import RuleEvaluator
from trigger_studio.services.session import Session

HERO = "mira-scenes-on-hero-approval"
CUT = "mira-cut-when-all-scenes-approved"
TIERS = ["480p", "720p", "1080p", "4k", "8k"]


@pytest.fixture
def session(sqlite_url: str) -> Iterator[Session]:
    furnish(sqlite_url, approve=True)
    with Session(sqlite_url) as opened:
        yield opened


def published(session: Session, rule_id: str, **changes: Any) -> Rule:
    found = rule_registry.one(session, rule_id).rule
    return parse_rule(
        {**found.model_dump(by_alias=True, exclude_none=True), "project": found.project, **changes}, PROFILE
    )


def event_in(id: str, **more: Any) -> EventIn:
    faults: list[Any] = []
    given = {"type": "approved", "entity": "variant", "entity_id": "mira-hero", **more}
    read = EventParser(PROFILE).read({"id": id, **given}, faults)
    assert read is not None, faults
    return read


def put(session: Session, *events: EventIn) -> None:
    bus.emit(session, [("here", event) for event in events])


# an example that fits

CONDITIONS = st.one_of(
    st.builds(
        lambda op, value: {"field": "resolution_tier", "op": op, "value": value},
        st.sampled_from(["lt", "le", "gt", "ge", "eq", "ne"]),
        st.sampled_from(TIERS),
    ),
    st.builds(
        lambda op, value: {"field": "qa_pass_rate", "op": op, "value": value},
        st.sampled_from(["lt", "le", "gt", "ge", "eq", "ne"]),
        st.sampled_from([0, 0.3, 0.8, 1]),
    ),
    st.builds(lambda op: {"field": "variant", "op": op}, st.sampled_from(["is_set", "is_not_set"])),
    st.builds(lambda op: {"field": "variant", "op": op, "value": "hero"}, st.sampled_from(["eq", "ne", "starts_with"])),
)
TESTS = st.recursive(
    CONDITIONS,
    lambda inner: st.builds(
        lambda kind, items: {kind: items},
        st.sampled_from(["all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)
KNOWN = st.fixed_dictionaries(
    {},
    optional={"resolution_tier": st.sampled_from(TIERS), "qa_pass_rate": st.floats(0, 1), "variant": st.just("hero")},
)
GRID = [
    {
        name: value
        for name, value in zip(("resolution_tier", "qa_pass_rate", "variant"), values, strict=True)
        if value is not None
    }
    for tier in [*TIERS, None]
    for rate in (None, 0, 0.1, 0.3, 0.5, 0.8, 0.9, 1)
    for variant in (None, "hero", "casual")
    for values in [(tier, rate, variant)]
]


@unhurried
@given(TESTS, KNOWN)
def test_an_example_fits_and_is_found_whenever_there_is_one(test: dict[str, Any], known: dict[str, Any]) -> None:
    parsed = parse_rule(rule(when={"event": "approved", "entity": "variant", "where": test}), PROFILE)
    assert parsed.when.where is not None
    where = compile_test(parsed.when.where, PROFILE, "when.where")
    found = fitting(where, known, PROFILE)
    if found is not None:
        assert where.holds(found)
    else:
        assert not any(where.holds(attributes) for attributes in GRID)
    if where.holds(known):
        assert found == known


# the insight is the dry run and the explanation


@pytest.mark.parametrize("rule_id", [HERO, "scene-qa", "scene-failed", "variants-on-casting", "package-after-sign-off"])
def test_what_is_foretold_is_the_dry_run_of_the_example(session: Session, rule_id: str) -> None:
    draft = published(session, rule_id, enabled=True)
    seen = RuleEvaluator(session).look(draft, None, pipeline.entities(session))
    assert seen.foretold is not None
    example = seen.foretold.example.event
    raised = event_in(
        "e", type=example.type, entity=example.entity, entity_id=example.entity_id, attributes=example.attributes,
        project=example.project, character=example.character,
    )  # fmt: skip
    told = simulation.report(simulation.dry_run(session, raised, drafts=[draft]))
    assert rule_id in {firing["rule"] for firing in told["firings"]}
    for report in (told, seen.foretold.report):
        for firing in report["firings"]:
            for key in ("id", "cause", "at"):
                firing.pop(key)
            firing["event"] = {k: v for k, v in firing["event"].items() if k in ("type", "entity", "attributes")}
    assert seen.foretold.report["firings"] == told["firings"]
    assert seen.foretold.report["totals"] == told["totals"]


def test_a_test_against_an_event_is_the_explanation(session: Session) -> None:
    put(
        session,
        event_in("low", attributes={"resolution_tier": "720p"}),
        event_in("high", attributes={"variant": "hero"}),
    )
    draft = published(session, HERO)
    seer = RuleEvaluator(session)
    high, low = seer.recent("approved", "variant")
    assert [high.id, low.id] == ["high", "low"]
    for event, matches in ((high, True), (low, False)):
        tested = seer.look(draft, event, pipeline.entities(session)).tested
        assert tested is not None
        assert tested.matches is matches
        told = simulation.explain(session, HERO, event_in("again", attributes=event.attributes))
        assert [(check.path, check.passed, check.actual) for check in tested.checks] == [
            (check["path"], check["passed"], check["actual"]) for check in told["checks"]
        ]
        assert told["fires"] is matches


def test_explain_says_a_rule_fires_although_one_of_several_alternatives_fails(session: Session) -> None:
    alternatives = {
        "any": [{"field": "variant", "op": "eq", "value": "hero"}, {"field": "variant", "op": "is_not_set"}]
    }
    draft = published(session, HERO, when={"event": "approved", "entity": "variant", "where": alternatives})
    rule_registry.publish(session, [draft])
    rule_registry.approve(session, HERO)
    told = simulation.explain(session, HERO, event_in("e"))
    assert told["fires"]
    assert not all(check["passed"] for check in told["checks"])


def test_an_event_that_does_not_match_is_replaced_by_an_example(session: Session) -> None:
    put(session, event_in("low", attributes={"resolution_tier": "720p"}))
    seer = RuleEvaluator(session)
    seen = seer.look(published(session, HERO), seer.recent("approved", "variant")[0], pipeline.entities(session))
    assert seen.tested is not None
    assert seen.foretold is not None
    assert not seen.tested.matches
    assert seen.foretold.example.made_up
    assert seen.foretold.report["totals"]["jobs"] == 19


def test_no_example_is_made_up_where_conditions_contradict_each_other(session: Session) -> None:
    where = {"all": [{"field": "resolution_tier", "op": o, "value": v} for o, v in (("ge", "4k"), ("le", "720p"))]}
    draft = published(session, HERO, when={"event": "approved", "entity": "variant", "where": where})
    assert RuleEvaluator(session).look(draft, None, pipeline.entities(session)).foretold is None


def test_a_join_is_supposed_to_be_complete_and_its_progress_is_what_it_is(session: Session) -> None:
    for scene in ("mira-s01", "mira-s02", "mira-s09"):
        pipeline.set_status(session, "scene", scene, "approved")
    draft = published(session, CUT)
    seen = RuleEvaluator(session).look(draft, None, pipeline.entities(session))
    assert seen.foretold is not None
    assert [firing["rule"] for firing in seen.foretold.report["firings"]][:1] == [CUT]
    [progress] = seen.joins
    assert progress.parent == ("character", "mira")
    assert (len(progress.reached), len(progress.members), progress.needed) == (3, 9, 9)
    more = published(session, CUT, when={**draft.when.model_dump(exclude_none=True), "every": {
        "entity": "scene", "of": "character", "status": "approved", "min": 11}})  # fmt: skip
    seen = RuleEvaluator(session).look(more, None, pipeline.entities(session))
    assert seen.foretold is not None
    assert [entity.id for entity in seen.foretold.example.supposed if entity.id.startswith("another")] == [
        "another scene 1", "another scene 2",
    ]  # fmt: skip


def test_a_draft_is_foretold_as_approved_on_and_not_halted(session: Session) -> None:
    controls.halt(session, "all", "", "looking into something")
    draft = published(session, HERO, enabled=False, max_depth=9)
    seen = RuleEvaluator(session).look(draft, None, pipeline.entities(session))
    assert seen.foretold is not None
    assert seen.foretold.report["totals"] == {"firings": 12, "jobs": 19, "gpu_hours": 23.6}


# the snapshot


def test_looking_again_asks_the_database_nothing_until_the_pipeline_moves(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seer, draft, entities = RuleEvaluator(session), published(session, CUT), pipeline.entities(session)
    first = seer.look(draft, None, entities)
    opened: list[int] = []
    read = session.database.read

    def counted(**options: Any) -> Any:
        opened.append(1)
        return read(**options)

    monkeypatch.setattr(session.database, "read", counted)
    renamed = draft.model_copy(update={"name": "Cut it all"})
    assert seer.look(renamed, None, entities).joins == first.joins
    assert not opened
    pipeline.set_status(session, "scene", "mira-s01", "approved")
    assert seer.look(draft, None, entities).joins == first.joins  # nobody has said that anything moved
    opened.clear()
    seer.moved()
    assert len(seer.look(draft, None, entities).joins[0].reached) == 1
    assert len(opened) == 1


def test_what_was_read_at_different_times_is_never_mixed(session: Session) -> None:
    seer, entities = RuleEvaluator(session), pipeline.entities(session)
    seer.look(published(session, HERO), None, entities)
    for scene in range(1, 10):
        pipeline.set_status(session, "scene", f"mira-s0{scene}", "approved")
    seen = seer.look(published(session, CUT), None, entities)  # asks for what nobody asked for yet
    assert len(seen.joins[0].reached) == 9


# the count over what is on record


def record(session: Session, number: int, first: int = 0, hours: int = 12) -> None:
    """Approvals `hours` apart, the newest now; every other one of too low a tier."""
    now = datetime.now(UTC)
    put(
        session,
        *(
            event_in(
                f"r{first + place}",
                attributes={"resolution_tier": TIERS[1 + place % 2], "variant": "hero"},
                occurred_at=(now - timedelta(hours=hours * (number - place - 1))).isoformat(),
            )
            for place in range(number)
        ),
    )


def test_the_count_is_of_the_last_days_and_of_this_rule_alone(session: Session) -> None:
    record(session, 100)  # of fifty days
    put(session, event_in("other", entity="scene", entity_id="mira-s01"))
    counted = Backtest(session).count(published(session, HERO, enabled=False))
    assert (counted.count, counted.looked, counted.days, counted.whole) == (30, 60, 30, True)
    assert Backtest(session, days=5).count(published(session, HERO)).count == 5


def test_a_count_cut_short_says_so_and_goes_on(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trigger_studio.services.backtest.STRETCH", 10)
    monkeypatch.setattr("trigger_studio.services.backtest.PAGE", 4)
    record(session, 50, hours=1)
    backrun, draft = Backtest(session), published(session, HERO)
    counts = [backrun.count(draft, budget_s=0)]
    while not counts[-1].whole:
        counts.append(backrun.count(draft, budget_s=0))
        assert len(counts) < 100
    assert len(counts) > 5
    assert [(c.looked, c.count) for c in counts] == sorted((c.looked, c.count) for c in counts)
    assert (counts[-1].count, counts[-1].looked) == (25, 50)
    given_up = backrun.count(
        draft.model_copy(update={"when": draft.when.model_copy(update={"where": None})}), lambda: True
    )
    assert not given_up.whole


def test_a_count_follows_the_rule_and_the_pipeline(session: Session) -> None:
    record(session, 10)
    backrun = Backtest(session)
    assert backrun.count(published(session, HERO)).count == 5
    record(session, 4, first=10)
    assert backrun.count(published(session, HERO)).count == 7
    where = {"field": "resolution_tier", "op": "eq", "value": "720p"}
    lower = published(session, HERO, when={"event": "approved", "entity": "variant", "where": where})
    assert backrun.count(lower).count == 7
    assert backrun.count(published(session, CUT)).join


def test_events_without_a_time_have_that_of_the_next_one(session: Session) -> None:
    put(session, event_in("a"), event_in("b", occurred_at="2001-01-01T00:00:00Z"), event_in("c"))
    assert Backtest(session).count(published(session, HERO)).count == 1


def test_an_invented_entity_has_the_parents_that_the_rule_asks_for(session: Session) -> None:
    draft = published(session, "package-after-sign-off")
    seen = RuleEvaluator(session).look(draft, None, [Entity("character", "mira", project="aurora")])
    assert seen.foretold is not None
    made: Event = seen.foretold.example.event
    assert seen.foretold.example.invented
    assert (made.entity_id, made.project, made.character) == ("example-concatenation", "aurora", "mira")


def test_a_join_over_what_does_not_exist_yet_is_foretold_with_an_invented_one_that_it_counts(session: Session) -> None:
    checks = {"field": "job_type", "op": "in", "value": ["qa", "packaging"]}
    every = {"entity": "job", "of": "project", "status": "completed", "where": checks, "min": 2}
    when = {"event": "completed", "entity": "job", "where": checks, "every": every}
    draft = parse_rule(rule(id="both", when=when, project="aurora"), PROFILE)
    told = RuleEvaluator(session).look(draft, None, pipeline.entities(session))
    assert told.foretold is not None
    assert told.foretold.example.invented
    assert [firing["rule"] for firing in told.foretold.report["firings"]][:1] == ["both"]

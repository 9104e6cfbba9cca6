"""The index of filters finds what a scan over all filters finds, and asks few rules in vain."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.unit.rules import rule, unhurried
from trigger_studio.decide.filters import FEW, FilterIndex, needs
from trigger_studio.decide.predicate import compile_test
from trigger_studio.decide.rules import Published, RuleSet
from trigger_studio.model.event import Event
from trigger_studio.model.profile import Profile
from trigger_studio.model.profiles import load_profile
from trigger_studio.model.rule import Rule, Test

PROFILE = Profile.model_validate(
    {
        **load_profile().model_dump(),
        "attributes": {
            "tier": {"type": "ordered", "values": ["low", "mid", "high"]},
            "kind": {"type": "choice", "values": ["x", "y", "z"]},
            "name": {"type": "text"},
            "rate": {"type": "number", "min": -10},
            "final": {"type": "boolean"},
            "tags": {"type": "list"},
        },
    }
)
TIERS, KINDS, NAMES = st.sampled_from(["low", "mid", "high"]), st.sampled_from("xyz"), st.sampled_from(["", "a", "ab"])
RATES = st.integers(-2, 3) | st.sampled_from([-0.5, 0.5, 1.0, 2.5])
EQUALITY = {"tier": TIERS, "kind": KINDS, "name": NAMES, "rate": RATES, "final": st.booleans()}
TESTS: TypeAdapter[Any] = TypeAdapter(Test)


def _condition(field: str, ops: list[str], value: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"field": st.just(field), "op": st.sampled_from(ops), "value": value})


CONDITIONS = st.one_of(
    *(_condition(field, ["eq", "ne"], values) for field, values in EQUALITY.items()),
    *(
        _condition(f, ["in", "not_in"], st.lists(v, min_size=1, max_size=3))
        for f, v in EQUALITY.items()
        if f != "final"
    ),
    *(_condition(field, ["lt", "le", "gt", "ge"], EQUALITY[field]) for field in ("tier", "rate")),
    *(_condition(f, ["between"], st.tuples(EQUALITY[f], EQUALITY[f]).map(list)) for f in ("tier", "rate")),
    _condition("tags", ["contains"], NAMES),
    _condition("tags", ["eq", "ne"], st.lists(NAMES, max_size=2)),
    _condition("name", ["contains", "starts_with"], NAMES),
    st.fixed_dictionaries(
        {"field": st.sampled_from([*EQUALITY, "tags"]), "op": st.sampled_from(["is_set", "is_not_set"])}
    ),
)
FILTERS = st.recursive(
    CONDITIONS,
    lambda inner: st.builds(
        lambda kind, items: {kind: items},
        st.sampled_from(["all", "all", "any", "none"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=6,
)
WRONG: st.SearchStrategy[Any] = st.sampled_from([None, "nothing", True, 7, -11, ["a"], [1], {}])
ATTRIBUTES = st.fixed_dictionaries(
    {},
    optional={
        **{field: values | WRONG for field, values in EQUALITY.items()},
        "tags": st.lists(NAMES, max_size=3) | WRONG,
    },
)


@unhurried
@given(st.lists(FILTERS, min_size=FEW + 1, max_size=40), st.lists(ATTRIBUTES, min_size=1, max_size=8))
def test_the_index_finds_what_a_scan_finds(drawn: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    tests = [TESTS.validate_python(one) for one in drawn]
    holds = [compile_test(test, PROFILE, "").holds for test in tests]
    index = FilterIndex([(number, tuple(needs(test, PROFILE))) for number, test in enumerate(tests)], PROFILE)
    for attributes in events:
        found = index.find(attributes)
        assert len(found) == len(set(found))
        assert {n for n in found if holds[n](attributes)} == {n for n, one in enumerate(holds) if one(attributes)}


def test_rules_that_differ_in_two_filters_are_narrowed_twice() -> None:
    tests = [
        TESTS.validate_python({"all": [{"field": "rate", "op": "between", "value": [n // 40, n // 40 + 0.5]},
                                       {"field": "name", "op": "eq", "value": f"n{n % 40}"}]})
        for n in range(1600)
    ]  # fmt: skip
    index = FilterIndex([(n, tuple(needs(test, PROFILE))) for n, test in enumerate(tests)], PROFILE)
    assert index.find({"rate": 3.25, "name": "n7"}) == [127]
    assert index.find({"rate": 3.75, "name": "n7"}) == []
    assert index.find({"rate": 3.25}) == index.find({}) == []


def test_a_rule_set_with_many_rules_on_one_key_matches_by_its_filters() -> None:
    def published(number: int, rate: float) -> Published:
        where = {"field": "qa_pass_rate", "op": "ge", "value": rate}
        when = {"event": "approved", "entity": "variant", "where": where}
        return Published(Rule.model_validate(rule(id=f"r{number:03}", when=when)))

    rules = RuleSet([published(number, number / 100) for number in range(100)], load_profile())
    event = Event("e", "approved", "variant", "v", attributes={"qa_pass_rate": 0.025})
    assert [item.rule.id for item in rules.matching(event)] == ["r000", "r001", "r002"]
    changed = rules.replacing([published(1, 0.5), published(50, 0.0)])
    assert [item.rule.id for item in changed.matching(event)] == ["r000", "r002", "r050"]
    assert [item.rule.id for item in rules.matching(event)] == ["r000", "r001", "r002"]

"""Small examples worked out by hand from promises.md; each names the sentence it comes from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.property.reference import Reference

Doc = dict[str, Any]

PROFILE: Doc = {
    "format": "trigger-studio-profile/1",
    "kinds": ["project", "character", "variant", "scene", "job", "qa", "concatenation", "delivery"],
    "attributes": {
        "resolution_tier": {"type": "ordered", "values": ["480p", "720p", "1080p", "4k", "8k"]},
        "variant": {"type": "text"},
        "qa_pass_rate": {"type": "number", "min": 0, "max": 1},
        "tags": {"type": "list"},
        "scenes": {"type": "number"},
    },
    "job_types": {
        "scene_generation": {"cost": "generation", "gpu_hours": 2.5, "duration_s": 5400, "emits": ["scene"]},
        "qa": {"cost": "light", "gpu_hours": 0.1, "duration_s": 300, "emits": ["qa"]},
        "concatenation": {"cost": "light", "gpu_hours": 0, "duration_s": 600, "emits": ["concatenation"]},
        "packaging": {"cost": "light", "gpu_hours": 0, "duration_s": 300, "emits": ["delivery"]},
    },
    "actions": {"trigger_qa": "qa", "start_concatenation": "concatenation", "package_delivery": "packaging"},
    "human": ["variant.approved", "scene.approved", "delivery.approved"],
    "limits": {"max_depth": 10, "firings_per_rule_and_entity_per_hour": 100},
}
PIPELINE: Doc = {
    "projects": [{"id": "p"}, {"id": "q"}],
    "characters": [{"id": "mira", "project": "p", "attributes": {"scenes": 2}}],
    "variants": [{"id": "hero", "project": "p", "character": "mira", "attributes": {"resolution_tier": "4k"}}],
    "scenes": [
        {"id": "s1", "project": "p", "character": "mira", "attributes": {"resolution_tier": "720p"}},
        {"id": "s2", "project": "p", "character": "mira", "attributes": {"resolution_tier": "huge"}},
        {"id": "free", "character": "mira"},
    ],
}
QA = {"type": "trigger_qa"}
APPROVE = {"type": "set_status", "status": "approved"}
REVIEW = {"type": "set_status", "status": "needs_review"}
NOTE = {"type": "send_notification", "channel": "email", "to": ["a@example.org"], "message": "x"}
GATE = {"type": "gate", "approvers": "admin", "message": "look"}


def rule(id_: str, on: str, *actions: Doc, **more: Any) -> Doc:
    """A rule in short: `on` is "approved variant"; the keys of `when` may be given among the others."""
    event, entity = on.split()
    when: Doc = {"event": event, "entity": entity}
    when |= {key: more.pop(key) for key in ("scope", "where", "every") if key in more}
    made: Doc = {"id": id_, "name": id_, "when": when, "actions": list(actions)}
    return made | more


def event(on: str, entity_id: str, id_: str = "e", **more: Any) -> Doc:
    type_, entity = on.split()
    return {"id": id_, "type": type_, "entity": entity, "entity_id": entity_id, **more}


def play(rules: list[Doc], *events: Doc, profile: Doc | None = None, **more: Any) -> Doc:
    made = {key: more.pop(key) for key in ("approved", "halts") if key in more}
    numbered = [e | {"id": f"in-{n}"} for n, e in enumerate(events)]
    return Reference(PROFILE | (profile or {}), PIPELINE, rules, **made).run(numbered, **more)


def fired(result: Doc) -> list[tuple[str, str]]:
    return [(row["rule"], row["event"]["entity_id"]) for row in result["firings"]]


def heard(result: Doc) -> list[str]:
    return [f"{e['entity']} {e['type']}" for e in result["events"]]


def shape(row: Doc) -> list[str]:
    return [f"{action['type']} {action['status']}" for action in row["actions"]]


HERO = event("approved variant", "hero")


def test_order_of_rules_of_one_event() -> None:
    # 4.1 "their actions run in order of (priority descending, id)"
    rules = [rule(id_, "approved variant", QA, priority=p) for id_, p in [("b", 5), ("a", 5), ("z", 900)]]
    assert [f for f, _ in fired(play(rules, HERO))] == ["z", "a", "b"]


def test_all_rules_are_decided_against_one_world() -> None:
    # 4.1 "All rules are decided against that one world; then their actions run": the first rule's status is too late
    every = {"entity": "variant", "of": "character", "status": "needs_review"}
    rules = [rule("first", "approved variant", REVIEW), rule("second", "approved variant", QA, every=every)]
    assert fired(play(rules, HERO)) == [("first", "hero")]


def test_scopes() -> None:
    # 3 "{characters: all} (events of any character), or {project: true} (any event … with or without a character)"
    rules = [
        rule("all", "approved project", QA, scope={"characters": "all"}),
        rule("any", "approved project", QA, scope={"project": True}),
        rule("mira", "approved variant", QA, scope={"characters": ["mira"]}),
        rule("none", "approved variant", QA, scope={"characters": ["bo"]}),
        rule("self", "approved character", QA, scope={"characters": ["mira"]}),
    ]
    result = play(rules, event("approved project", "p"), HERO, event("approved character", "mira"))
    # 7 "a character its own character, in scopes"
    assert [f for f, _ in fired(result)] == ["any", "mira", "self"]


def test_project_of_a_rule() -> None:
    # 3 "A rule with `project: null` sees the events of every project and those without one; any other … its own"
    rules = [rule("every", "completed qa", NOTE), rule("own", "completed qa", NOTE, project="p")]
    events = [
        event("completed qa", "x"),
        event("completed qa", "y", project="p"),
        event("completed qa", "z", project="q"),
    ]
    assert fired(play(rules, *events)) == [("every", "x"), ("every", "y"), ("own", "y"), ("every", "z")]


def test_a_project_is_its_own_project() -> None:
    # 7 "A project is its own project … in scopes, joins and filling"
    every = {"entity": "project", "of": "project", "status": "approved"}
    result = play([rule("r", "approved project", NOTE, project="p", every=every)], event("approved project", "p"))
    assert fired(result) == [("r", "p")]
    assert result["events"][0]["project"] == "p"


def test_missing_parents_and_attributes_are_filled() -> None:
    # 2 "they, and missing attributes, are filled from the known entity when the event is stored"
    result = play([], HERO, event("approved variant", "hero", attributes={"resolution_tier": "720p", "x": None}))
    first, second = result["events"]
    assert (first["project"], first["character"], first["attributes"]) == ("p", "mira", {"resolution_tier": "4k"})
    assert second["attributes"] == {"resolution_tier": "720p"}  # 7 null "counts as missing"


def test_contradiction_is_refused() -> None:
    # 2 "parents that contradict the known entity are refused"; 7 "a null parent contradicts nothing"
    with pytest.raises(ValueError, match="contradicts"):
        play([], event("approved variant", "hero", project="q"))
    play([], event("approved variant", "hero", project=None), event("approved scene", "free", project="q"))


def test_a_duplicate_is_one_event() -> None:
    # 2 "the same id with the same content is one event, with other content it is refused"
    reference = Reference(PROFILE, PIPELINE, [])
    assert len(reference.run([HERO, dict(HERO)])["events"]) == 1
    with pytest.raises(ValueError, match="other content"):
        reference.emit(HERO | {"type": "failed"})


@pytest.mark.parametrize(
    ("test", "answer"),
    [
        # 3 "A missing field makes every operator false except `is_not_set`"
        ({"field": "variant", "op": "ne", "value": "hero"}, False),
        ({"field": "variant", "op": "not_in", "value": ["hero"]}, False),
        ({"field": "variant", "op": "is_not_set"}, True),
        # 3 "`none` is the negation of `any` (so true over missing fields)"
        ({"none": [{"field": "variant", "op": "ne", "value": "hero"}]}, True),
        # 3 "Ordered domains compare by their order": as text, "1080p" < "480p"
        ({"field": "resolution_tier", "op": "gt", "value": "480p"}, True),
        ({"field": "resolution_tier", "op": "lt", "value": "4k"}, True),
        # 7 "`between` is [low, high], both included"
        ({"field": "resolution_tier", "op": "between", "value": ["720p", "1080p"]}, True),
        ({"field": "qa_pass_rate", "op": "between", "value": [0.8, 1]}, True),
        ({"field": "qa_pass_rate", "op": "lt", "value": 0.8}, False),
        ({"field": "tags", "op": "contains", "value": "ab"}, True),
        ({"field": "tags", "op": "contains", "value": "a"}, False),
        ({"field": "job_type", "op": "starts_with", "value": "sc"}, True),
        ({"all": [{"field": "tags", "op": "is_set"}, {"none": [{"field": "scenes", "op": "ge", "value": 3}]}]}, False),
        ({"none": [{"field": "tags", "op": "is_set"}, {"field": "variant", "op": "is_set"}]}, False),
        ({"any": [{"field": "variant", "op": "is_set"}, {"field": "scenes", "op": "in", "value": [3, 4]}]}, True),
    ],
)
def test_operators(test: Doc, answer: bool) -> None:
    attributes = {"resolution_tier": "1080p", "qa_pass_rate": 0.8, "tags": ["ab"], "job_type": "scan", "scenes": 3}
    result = play([rule("r", "completed qa", NOTE, where=test)], event("completed qa", "x", attributes=attributes))
    assert bool(result["firings"]) is answer


def test_invalid_attribute_of_an_entity_counts_as_missing() -> None:
    # 7 "A declared attribute … outside its domain … in parameters or entities it counts as missing"
    unset = {"field": "resolution_tier", "op": "is_not_set"}
    result = play([rule("r", "approved scene", NOTE, where=unset)], event("approved scene", "s2"))
    assert fired(result) == [("r", "s2")]
    with pytest.raises(ValueError, match="domain"):
        play([], event("approved scene", "s2", attributes={"resolution_tier": "huge"}))


def test_a_job_emits_its_own_event_first() -> None:
    # 1 "the `job` event comes first, then the `emits` in order"; its entity_id "else the job's id"
    result = play([rule("r", "approved variant", QA | {"params": {"variant": "x"}})], HERO)
    assert heard(result) == ["variant approved", "job completed", "qa completed"]
    job, qa = result["events"][1:]
    assert job["entity_id"] == qa["entity_id"] == result["firings"][0]["job_ids"][0]
    # 1 "inherits the causing event's project, character and attributes, overlaid by the job's own parameters"
    assert qa["attributes"] == {"resolution_tier": "4k", "variant": "x", "job_type": "qa"}
    assert (qa["project"], qa["character"], qa["depth"], qa["chain"]) == ("p", "mira", 1, "in-0")


def test_whom_an_emitted_event_is_about() -> None:
    # 1 "its `entity_id` is the parameter `<kind>_id`, else the causing entity if it is of that kind, else the job's id"
    scene = {"type": "submit_job", "job_type": "scene_generation"}
    rules = [
        rule("a", "approved scene", scene | {"params": {"scene_id": "s2"}}),
        rule("b", "approved scene", scene),
        rule("c", "approved scene", scene | {"params": {"scene_id": ""}}),  # 7 "only as non-empty text"
        rule("d", "approved scene", scene | {"params": {"scene_id": 7, "job_id": "j"}}),  # 7 "always the job"
    ]
    events = play(rules, event("approved scene", "s1"))["events"][1:]
    assert [e["entity_id"] for e in events if e["entity"] == "scene"] == ["s2", "s1", "s1", "s1"]
    assert all(e["entity_id"].startswith("job-") for e in events if e["entity"] == "job")


def test_known_parents_win_over_inherited_ones() -> None:
    # 7 "what is still missing is filled from the known entity, whose own parents win"
    job = {"type": "submit_job", "job_type": "scene_generation", "params": {"scene_id": "{{ event.variant }}"}}
    start = event("completed qa", "x", project="q", attributes={"variant": "s1"})
    made = play([rule("r", "completed qa", job)], start)["events"]
    assert (made[1]["project"], made[2]["project"], made[2]["character"]) == ("q", "p", "mira")
    assert made[2]["attributes"]["resolution_tier"] == "720p"


def test_invalid_parameters_count_as_missing() -> None:
    # 7 "in parameters or entities it counts as missing": the causing event's own value shows
    job = QA | {"params": {"resolution_tier": "huge", "qa_pass_rate": 3, "variant": None}}
    result = play([rule("r", "approved variant", job)], HERO)
    assert result["events"][2]["attributes"] == {"resolution_tier": "4k", "job_type": "qa"}


def test_a_later_write_wins_over_an_undecided_event() -> None:
    # 1 "unless a write committed later than the event already set another"; 7 "inside a transaction the order counts"
    result = play([rule("r", "approved variant", APPROVE, REVIEW)], HERO, event("completed variant", "hero"))
    assert heard(result)[:3] == ["variant approved", "variant completed", "variant approved"]
    assert result["statuses"]["variant", "hero"] == "needs_review"


def test_an_unknown_entity_is_created() -> None:
    # 7 "An unknown entity is created with the event's parents and attributes; of a known one only the status changes"
    every = {"entity": "qa", "of": "project", "status": "failed", "where": {"field": "variant", "op": "is_set"}}
    rules = [rule("r", "failed qa", NOTE, every=every)]
    first = event("failed qa", "x", project="p", attributes={"variant": "v"})
    assert fired(play(rules, first, event("failed qa", "y", project="p"))) == [("r", "x")]
    assert not play(rules, event("failed qa", "y", project="p"))["firings"]


def test_join_waits_for_every_member_and_the_minimum() -> None:
    # 4.4 "that status, and there are at least `min` of them (a number, or the name of an attribute of the parent …)"
    def completions(least: Any) -> list[tuple[str, str]]:
        every = {"entity": "scene", "of": "project", "status": "approved"} | ({"min": least} if least else {})
        return fired(
            play(
                [rule("r", "approved scene", NOTE, every=every)],
                event("approved scene", "s1"),
                event("approved scene", "s2"),
                event("approved scene", "s2"),
            )
        )

    assert completions(None) == completions(2) == completions(0) == [("r", "s2")]  # the repeat fires nothing
    assert completions(3) == []
    assert completions("scenes") == []  # 7 "a named one that is missing or no number does not hold"


def test_join_of_a_character_with_its_own_number() -> None:
    # 4.4 "under the same `of` parent as the event's entity"; `free` belongs to the character, not to the project
    every = {"entity": "scene", "of": "character", "status": "approved", "min": "scenes"}
    events = [event("approved scene", id_) for id_ in ("s1", "s2", "free")]
    assert fired(play([rule("r", "approved scene", NOTE, every=every)], *events)) == [("r", "free")]
    # 4.4 "Without a parent it does not hold"
    of_project = every | {"of": "project", "min": 1}
    assert not play([rule("r", "approved scene", NOTE, every=of_project)], event("approved scene", "free"))["firings"]


def test_join_fires_again_after_an_un_approval() -> None:
    # 4.4 "adding or un-approving a member and completing again fires again"
    every = {"entity": "scene", "of": "project", "status": "approved"}
    rules = [rule("r", "approved scene", NOTE, every=every)]
    ids = [("approved", "s1"), ("approved", "s2"), ("failed", "s1"), ("approved", "s2"), ("approved", "s1")]
    result = play(rules, *[event(f"{type_} scene", id_) for type_, id_ in ids])
    assert fired(result) == [("r", "s2"), ("r", "s1")]
    more = [("approved", "s1"), ("approved", "s2"), ("approved", "new")]
    result = play(rules, *[event(f"{type_} scene", id_, project="p") for type_, id_ in more])
    assert fired(result) == [("r", "s2"), ("r", "new")]


def test_depth_of_a_join_does_not_depend_on_arrival() -> None:
    # 4.5 "the deepest of its own event and the events that gave its members their status, + 1"
    every = {"entity": "scene", "of": "project", "status": "approved"}
    rules = [rule("j", "approved scene", NOTE, every=every), rule("s", "completed scene", APPROVE)]
    late = play(rules, event("approved scene", "s2"), event("completed scene", "s1"))
    # the approval of s1 (depth 1) is written before s2's event is decided: s2's own depth 0 does not count
    early = play(rules, event("completed scene", "s1"), event("approved scene", "s2"))
    assert [row["depth"] for row in late["firings"]] == [1, 2]
    assert [(row["rule"], row["event"]["entity_id"], row["depth"]) for row in early["firings"]] == [
        ("s", "s1", 1),
        ("j", "s2", 2),
    ]
    assert early["firings"][1]["cause"] is None  # 4.5 "A join's chain is its own event's"


def test_depth_limit() -> None:
    # 4.5 "over the smaller of its `max_depth` and the profile's `limits.max_depth` …; the refusal is logged"
    loop = rule("loop", "approved variant", APPROVE, max_depth=3)
    result = play([loop], HERO)
    assert [row["depth"] for row in result["firings"]] == [1, 2, 3]
    assert result["refusals"] == [{"rule": "loop", "depth": 4, "reason": "depth", "entity_id": "hero"}]
    assert result["firings"][2]["cause"] == result["firings"][1]["id"]
    shallow = play([loop], HERO, profile={"limits": {"max_depth": 2}})
    assert len(shallow["firings"]) == 2


def test_hourly_guard() -> None:
    # 7 "counts firings that started in the last 3,600 s of the engine's clock, by the event's entity"
    limits = {"max_depth": 9, "firings_per_rule_and_entity_per_hour": 2}
    result = play(
        [rule("r", "approved scene", NOTE)],
        *[event("approved scene", s) for s in ("s1", "s1", "s2", "s1")],
        profile={"limits": limits},
    )
    assert fired(result) == [("r", "s1"), ("r", "s1"), ("r", "s2")]
    assert result["held"] == [{"rule": "r", "depth": 1, "reason": "hourly", "entity_id": "s1"}]
    slow = {"type": "submit_job", "job_type": "scene_generation"}  # 5,400 s: the hour has passed each time
    again = play([rule("r", "completed scene", slow)], event("completed scene", "s1"), profile={"limits": limits})
    assert len(again["firings"]) == 9
    assert not again["held"]


def test_approval() -> None:
    # 7 "A rule needs approval if it contains, in any branch, an action submitting a `generation` job"
    costly = {"type": "submit_job", "job_type": "scene_generation"}
    branch = {"type": "branch", "if": {"field": "tags", "op": "is_set"}, "then": [costly]}
    rules = [rule("hidden", "approved variant", branch), rule("cheap", "approved variant", QA)]
    result = play(rules, HERO, approved=set())
    assert [f for f, _ in fired(result)] == ["cheap"]
    assert result["refusals"] == [{"rule": "hidden", "depth": 1, "reason": "approval", "entity_id": "hero"}]
    assert len(play(rules, HERO, approved={"hidden"})["firings"]) == 2


def test_halts_come_before_other_reasons() -> None:
    # 4.7 "rules that match become `held` firings"; 7 "The reason is the first that holds of: `halt`, `depth`, …"
    rules = [rule("a", "approved variant", {"type": "submit_job", "job_type": "scene_generation"}, max_depth=1)]
    for halt in ({"all": True}, {"project": "p"}, {"rule": "a"}):
        result = play(rules, HERO, approved=set(), halts=[halt])
        assert result["held"] == [{"rule": "a", "depth": 1, "reason": "halt", "entity_id": "hero"}]
        assert not result["firings"] + result["refusals"]
    assert play(rules, HERO, halts=[{"project": "q"}, {"rule": "b"}])["firings"]


def test_disabled_rules_are_not_logged() -> None:
    # 4.8 "Rules that are disabled or merely did not match are not logged"
    assert play([rule("r", "approved variant", QA, enabled=False)], HERO)["log"] == []


def test_held_firings_count_for_completions_and_refusals_do_not() -> None:
    # 7 "For completions a held firing counts as a firing, a refusal does not"
    every = {
        "entity": "scene",
        "of": "character",
        "status": "approved",
        "where": {"field": "resolution_tier", "op": "is_set"},
    }
    costly = rule("r", "approved scene", {"type": "submit_job", "job_type": "scene_generation"}, every=every)
    twice = [event("approved scene", "s1"), event("approved scene", "s1")]
    assert len(play([costly], *twice, halts=[{"all": True}])["held"]) == 1
    assert len(play([costly], *twice, approved=set())["refusals"]) == 2


def test_a_sequence_waits_for_each_action() -> None:
    # 3 "A sequence waits for each action before the next: a job until its `completed` is decided"
    result = play([rule("r", "approved variant", QA, APPROVE, max_depth=1)], HERO)
    assert heard(result) == ["variant approved", "job completed", "qa completed", "variant approved"]
    # 3 "`wait: false` on the action: until it is submitted"
    result = play([rule("r", "approved variant", QA | {"wait": False}, APPROVE, max_depth=1)], HERO)
    assert heard(result) == ["variant approved", "variant approved", "job completed", "qa completed"]


def test_parallel_starts_all_at_once() -> None:
    # 3 "`parallel` starts all at once": the second job does not wait for the first
    result = play([rule("r", "approved variant", QA, {"type": "start_concatenation"}, mode="parallel")], HERO)
    assert result["clock"] == 600
    assert play([rule("r", "approved variant", QA, {"type": "start_concatenation"})], HERO)["clock"] == 900


def test_a_failed_job_skips_the_rest_and_siblings_finish() -> None:
    # 3 "the rest of its sequence is skipped, parallel siblings finish, what was committed stays, … is `failed`"
    both = {
        "type": "parallel",
        "actions": [{"type": "sequence", "actions": [QA, REVIEW]}, {"type": "start_concatenation"}],
    }
    after = {"type": "sequence", "actions": [NOTE]}
    result = play([rule("r", "approved variant", APPROVE, both, after, max_depth=1)], HERO, fail={"qa"})
    row = result["firings"][0]
    # 7 "flat, in the rule's order, a container before its content; … a skipped container nothing below it"
    assert shape(row) == [
        "set_status done",
        "parallel failed",
        "sequence failed",
        "trigger_qa failed",
        "set_status skipped",
        "start_concatenation done",
        "sequence skipped",
    ]
    assert (row["status"], result["clock"], result["statuses"]["variant", "hero"]) == ("failed", 600, "approved")
    assert "qa failed" in heard(result)


def test_a_firing_is_failed_only_when_nothing_of_it_waits() -> None:
    # 7 "A firing is `failed` only when nothing of it runs or waits; until then … `waiting`"
    rules = [rule("r", "approved variant", {"type": "parallel", "actions": [QA, GATE]}, NOTE)]
    row = play(rules, HERO, fail={"qa"})["firings"][0]
    assert (row["status"], shape(row)) == (
        "waiting",
        ["parallel waiting", "trigger_qa failed", "gate waiting", "send_notification pending"],
    )
    row = play(rules, HERO, fail={"qa"}, gate_answers=["approve"])["firings"][0]
    assert (row["status"], shape(row)[2:]) == ("failed", ["gate done", "send_notification skipped"])


def test_gates() -> None:
    # 3 "a gate until it is approved"; "a refused or timed-out gate fail the action"; 5 "open gates are not [work]"
    rules = [rule("r", "approved variant", GATE, QA)]
    assert shape(play(rules, HERO)["firings"][0]) == ["gate waiting", "trigger_qa pending"]
    assert shape(play(rules, HERO, gate_answers=["approve"])["firings"][0]) == ["gate done", "trigger_qa done"]
    refused = play(rules, HERO, gate_answers=["refuse"])["firings"][0]
    assert (refused["status"], shape(refused)) == ("failed", ["gate failed", "trigger_qa skipped"])


def test_a_branch_sees_what_the_sequences_jobs_came_back_with() -> None:
    # 3 "over the event's attributes overlaid by those that the sequence's finished jobs came back with"
    good = {"field": "qa_pass_rate", "op": "gt", "value": 0.8}
    branch = {"type": "branch", "if": good, "then": [APPROVE], "else": [REVIEW]}
    for rate, status in [(0.9, "approved"), (0.5, "needs_review")]:
        job = QA | {"params": {"qa_pass_rate": rate}}
        result = play([rule("r", "completed variant", job, branch)], event("completed variant", "hero"))
        assert result["statuses"]["variant", "hero"] == status
        assert shape(result["firings"][0]) == ["trigger_qa done", "branch done", "set_status done"]
    # 7 "With `wait: false` … the job's end and results do not touch the firing"
    unwatched = QA | {"params": {"qa_pass_rate": 0.9}, "wait": False}
    result = play([rule("r", "completed variant", unwatched, branch)], event("completed variant", "hero"))
    assert result["statuses"]["variant", "hero"] == "needs_review"


def test_results_of_parallel_siblings() -> None:
    # 7 "A group or branch hands its finished jobs' results to what follows; of parallel siblings the later … wins"
    slow = {"type": "start_concatenation", "params": {"variant": "slow"}}
    fast = QA | {"params": {"variant": "fast", "resolution_tier": "480p"}}
    last = {"type": "package_delivery", "params": {"out": "{{ event.variant }} {{ event.resolution_tier }}"}}
    result = play([rule("r", "approved variant", {"type": "parallel", "actions": [slow, fast]}, last)], HERO)
    assert result["firings"][0]["job_params"][2] == {"out": "fast 480p"}  # the event's own was 4k
    result = play([rule("r", "approved variant", {"type": "parallel", "actions": [fast, slow]}, last)], HERO)
    assert result["firings"][0]["job_params"][2] == {"out": "slow 480p"}
    # 7 "the causing event's attributes as stored, not what earlier jobs came back with"
    assert result["events"][-1]["attributes"]["resolution_tier"] == "4k"


def test_templates() -> None:
    # 3 "a value that is one template and nothing else keeps its type; a missing name leaves the key out, or is empty"
    params = {
        "number": "{{ event.qa_pass_rate }}",
        "text": "{{event.qa_pass_rate}} of {{ event.entity_id }}{{ event.nothing }} {{ event.done }}",
        "gone": "{{ event.nothing }}",
        "list": ["{{ event.nothing }}", "{{ rule.id }}", {"deep": "{{ firing.depth }}"}],
        "status": "{{ entity.status }}",
        "priority": "{{ rule.priority }}",
        "word": "{{ other.x }}",
    }
    start = event("approved variant", "hero", attributes={"qa_pass_rate": 0.5, "done": True})
    result = play([rule("r", "approved variant", REVIEW, QA | {"params": params})], start)
    assert result["firings"][0]["job_params"][0] == {
        "number": 0.5,
        "text": "0.5 of hero true",  # 7 "numbers and booleans inside a text are written as JSON"
        "list": ["r", {"deep": 1}],  # 7 "a missing list element is left out"
        "status": "needs_review",
        "priority": 100,
        "word": "{{ other.x }}",
    }


def test_set_status_raises_the_event_even_without_a_change() -> None:
    # 7 "`set_status` puts the matching event on the bus even if the status was already that"; 3 only for three words
    result = play([rule("r", "approved variant", REVIEW, APPROVE, max_depth=1)], HERO)
    assert heard(result) == ["variant approved", "variant approved"]
    assert result["refusals"][0]["depth"] == 2


def test_ends_of_jobs_and_the_bus() -> None:
    # 7 "Each job's end commits by itself, and everything then on the bus is decided before the next job ends, even at
    # the same moment"; 5 "ties in order of submission"
    rules = [
        rule("r", "approved variant", QA, {"type": "package_delivery"}, mode="parallel"),
        rule("s", "completed qa", APPROVE, max_depth=2),
    ]
    result = play(rules, HERO)
    assert heard(result)[1:6] == ["job completed", "qa completed", "qa approved", "job completed", "delivery completed"]


def test_a_waiting_firing_goes_on_after_the_firings_of_the_same_event() -> None:
    # 7 "A waiting firing goes on after the actions of the firings that the same event started, before the next event"
    job_rule = rule("on-job", "completed job", {"type": "start_concatenation"})
    result = play(
        [rule("r", "approved variant", QA, {"type": "package_delivery"}), job_rule],
        HERO,
        profile={"limits": {"max_depth": 2}},
    )
    first_job = result["events"][1]["entity_id"]
    order = sorted((job for row in result["firings"] for job in row["job_ids"]), key=lambda job: int(job.split("-")[1]))
    own = {job: row["rule"] for row in result["firings"] for job in row["job_ids"]}
    assert order[0] == first_job
    assert [own[job] for job in order[:3]] == ["r", "on-job", "r"]


def test_deliveries_settle_after_the_commit() -> None:
    # 7 "a delivery is settled, and its sequence goes on, after the commit and before the next event is decided"
    rules = [
        rule("a", "approved variant", NOTE, NOTE, {"type": "set_status", "status": "completed"}, max_depth=1),
        rule("b", "approved variant", NOTE, {"type": "set_status", "status": "failed"}, max_depth=1),
        rule("c", "approved variant", REVIEW, APPROVE, max_depth=1),
    ]
    result = play(rules, HERO, event("completed variant", "hero"))
    order = ["variant approved", "variant completed", "variant approved", "variant failed", "variant completed"]
    assert heard(result) == order


def test_assumed_approvals() -> None:
    # 7 "when nothing else is left, each event in `human` that an enabled rule listens for is raised once, at depth 0,
    # for each entity of that kind that completed in this run, in that order"
    job = {"type": "submit_job", "job_type": "scene_generation"}
    rules = [
        rule(
            "make", "approved variant", GATE, job | {"params": {"scene_id": "s2"}}, job | {"params": {"scene_id": "s1"}}
        ),
        rule("pack", "approved scene", {"type": "package_delivery"}),
    ]
    result = play(rules, HERO, assume_approvals=True)
    # nobody listens for delivery.approved
    assert fired(result) == [("make", "hero"), ("pack", "s2"), ("pack", "s1")]
    assert [row["depth"] for row in result["firings"]] == [1, 1, 1]
    assert [row["cause"] for row in result["firings"]] == [None, None, None]
    assert len(play(rules, HERO)["firings"]) == 1


def test_depth_of_an_outside_event_about_an_entity_with_an_open_job() -> None:
    # 2 "Without both, the depth is that of the entity's deepest job still open, else 0"
    reference = Reference(PROFILE, PIPELINE, [rule("r", "approved variant", QA)])
    reference.emit(HERO)
    reference.step([])
    reference.emit(HERO | {"id": "later"})
    reference.emit(HERO | {"id": "caused", "entity_id": "other", "job_id": reference.jobs[0]["id"]})
    reference.emit(HERO | {"id": "free", "entity_id": "other"})
    assert [(e["id"], e["depth"], e["chain"]) for e in reference.bus] == [
        ("later", 1, "later"),
        ("caused", 1, "e"),
        ("free", 0, "free"),
    ]


def test_a_write_counts_even_without_a_change() -> None:
    # 7 "The write committed last wins": s1 is approved again after the failure was put on the bus
    seen = rule("seen", "failed scene", QA | {"params": {"status": "{{ entity.status }}"}})
    rules = [rule("again", "approved scene", APPROVE, max_depth=1), seen]
    result = play(rules, event("approved scene", "s1"), event("failed scene", "s1"))
    assert result["firings"][1]["job_params"] == [{"status": "approved"}]


def test_the_parent_of_a_join_is_the_entitys_own() -> None:
    # 4.4 "the same `of` parent as the event's entity": the event names a project, the known entity has none
    every = {"entity": "project", "of": "project", "status": "draft"}
    rules = [rule("r", "approved scene", NOTE, every=every), rule("s", "approved scene", NOTE, project="p")]
    assert fired(play(rules, event("approved scene", "free", project="p"))) == [("s", "free")]


def test_a_named_minimum_below_one() -> None:
    # 7 "`min` below 1 counts as 1"
    every = {"entity": "character", "of": "character", "status": "approved", "min": "scenes"}
    start = event("approved character", "bo", attributes={"scenes": 0})
    assert fired(play([rule("r", "approved character", NOTE, every=every)], start)) == [("r", "bo")]


def test_the_first_reason_counts() -> None:
    # 7 "The reason is the first that holds of: `halt`, `depth`, `approval`, …"; the profile makes qa a generation job
    jobs = PROFILE["job_types"] | {"qa": {"cost": "generation", "duration_s": 1, "emits": []}}
    rules = [rule("a", "approved variant", QA, max_depth=1), rule("s", "approved variant", APPROVE, max_depth=1)]
    played = play(rules, HERO, profile={"job_types": jobs}, approved=set())
    assert [(row["rule"], row["reason"]) for row in played["refusals"]] == [
        ("a", "approval"),
        ("a", "depth"),
        ("s", "depth"),
    ]
    played = play(rules, HERO, profile={"job_types": jobs}, approved=set(), halts=[{"rule": "a"}])
    assert [(row["rule"], row["reason"], row["depth"]) for row in played["held"]] == [
        ("a", "halt", 1),
        ("a", "halt", 2),
    ]


def test_a_delivery_settles_before_what_is_on_the_bus() -> None:
    # 7 "a delivery is settled, and its sequence goes on, after the commit and before the next event is decided"
    seen = rule("seen", "completed variant", QA | {"params": {"status": "{{ entity.status }}"}})
    rules = [rule("first", "approved variant", NOTE, REVIEW), seen]
    result = play(rules, HERO, event("completed variant", "hero"))
    assert result["firings"][1]["job_params"] == [{"status": "needs_review"}]


def test_the_farm_ends_jobs_by_the_clock() -> None:
    # 5 "the simulated farm completes jobs `duration_s` after their submission"
    result = play([rule("r", "approved variant", {"type": "start_concatenation"}, QA, mode="parallel")], HERO)
    assert heard(result)[1:] == ["job completed", "qa completed", "job completed", "concatenation completed"]


def test_an_unknown_project_is_its_own() -> None:
    # 7 "A project is its own project … in scopes, joins and filling"
    assert fired(play([rule("r", "approved project", NOTE, project="new")], event("approved project", "new"))) != []


def test_assumed_events_are_raised_together() -> None:
    # 7 "when nothing else is left, each event … is raised once, … for each entity of that kind that completed"
    rules = [rule("r", "approved scene", QA)]
    starts = [event("completed scene", "s2"), event("completed scene", "s1"), event("completed scene", "s2")]
    words = heard(play(rules, *starts, assume_approvals=True))
    assert words[3:6] == ["scene approved", "scene approved", "job completed"]
    assert words.count("scene approved") == 2


def test_true_is_no_number() -> None:
    # 7 "A declared attribute of wrong type … is refused at `emit`"
    with pytest.raises(ValueError, match="domain"):
        play([], event("completed qa", "x", attributes={"qa_pass_rate": True}))

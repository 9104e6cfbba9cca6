"""A bundle written over a file keeps what its author wrote about rules that did not change."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigger_studio.model.bundle import bundle_document
from trigger_studio.model.bundle_text import rewritten
from trigger_studio.model.documents import read_document
from trigger_studio.model.rule import Rule
from trigger_studio.model.yaml_core import write_yaml
from trigger_studio.services.rule_registry import write_bundle

TEXT = """\
# The rules of Aurora.
format: trigger-studio/1
rules:
  # Check first.
  - id: check          # asked for by Mira
    name: 'Check it'
    when: {event: completed, entity: scene}
    actions:
    - {type: submit_job, job_type: qa}

  # Tell whoever waits,
  # once a day is enough.
  -   id: tell
      name: Tell
      description: |
        In two
        lines.

      when: &when
        event: approved
        entity: scene
      actions:
      # by mail
      - type: send_notification
        channel: email
        to: ["lead@example.org"]
        message: "done: {{ event.entity_id }}"

  # The same time as above.
  - id: again
    name: Again
    when: *when
    actions:
    - {type: call_webhook, url: "https://example.org/x"}
# That is all.
"""


def bundle_of(data: Any) -> dict[str, Any]:
    return bundle_document(Rule.model_validate(rule) for rule in data["rules"])


def edited(*, drop: tuple[str, ...] = (), **changes: dict[str, Any]) -> dict[str, Any]:
    """The bundle of `TEXT` with other rules, sorted by id as an export is."""
    bundle = copy.deepcopy(bundle_of(read_document(TEXT)))
    rules = {rule["id"]: rule for rule in bundle["rules"] if rule["id"] not in drop}
    for rule_id, fields in changes.items():
        rules[rule_id] = {**rules.get(rule_id, rules["tell"]), "id": rule_id, **fields}
    return bundle_document(Rule.model_validate(rules[rule_id]) for rule_id in sorted(rules))


def sections(text: str) -> list[str]:
    """The text, cut where one of the rules' own comments begins."""
    for comment in ("  # Check", "  # Tell", "  # The same", "# That"):
        text = text.replace(comment, f"\0{comment}")
    return text.split("\0")


HEAD, CHECK, TELL, AGAIN, TAIL = sections(TEXT)


def test_nothing_changed_and_nothing_changes() -> None:
    assert rewritten(TEXT, edited()) == TEXT


def test_a_changed_rule_keeps_its_place_and_the_comment_above() -> None:
    made = rewritten(TEXT, edited(check={"name": "Look at it"}))
    assert made is not None
    assert made.startswith(f"{HEAD}  # Check first.\n  - id: check\n    name: Look at it\n")
    assert made.endswith(f"\n\n{TELL}{AGAIN}{TAIL}")
    assert bundle_of(read_document(made))["rules"][0]["name"] == "Look at it"


def test_a_new_rule_follows_the_others_and_one_that_is_gone_takes_its_comment_along() -> None:
    made = rewritten(TEXT, edited(drop=("check",), all={"name": "All", "when": {"event": "failed", "entity": "shot"}}))
    assert made is not None
    assert made.startswith(f"{HEAD}\n{TELL}{AGAIN}  - id: all\n    name: All\n")
    assert made.endswith(TAIL)
    assert [rule["id"] for rule in read_document(made)["rules"]] == ["tell", "again", "all"]


def test_who_refers_to_a_rule_that_changed_is_written_out() -> None:
    made = rewritten(TEXT, edited(tell={"name": "Tell them"}))
    assert made is not None
    assert made.startswith(f"{HEAD}{CHECK}  # Tell whoever waits,\n  # once a day is enough.\n  - id: tell\n")
    assert "*when" not in made
    assert "  # The same time as above.\n  - id: again\n" in made
    assert bundle_of(read_document(made))["rules"][2]["when"] == edited()["rules"][0]["when"]


def test_a_rule_with_an_anchor_that_stays_keeps_whoever_refers_to_it() -> None:
    made = rewritten(TEXT, edited(drop=("check",)))
    assert made == f"{HEAD}\n{TELL}{AGAIN}{TAIL}"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_end_as_they_did(mark: str) -> None:
    windows = mark + TEXT.replace("\n", "\r\n")
    made = rewritten(windows, edited(check={"name": "Look"}, new={"name": "New"}))
    assert made is not None
    assert made.startswith(mark)
    assert made.count("\n") == made.count("\r\n")
    assert TELL.replace("\n", "\r\n") in made


def test_a_last_line_without_an_end() -> None:
    made = rewritten(TEXT.removesuffix(TAIL).rstrip(), edited(new={"name": "New"}))
    assert made is not None
    assert f"{AGAIN}  - id: new\n" in made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: b",
        "- 1",
        "rules: none",
        "rules: [{id: a}]",
        "not: [yaml",
        "\0",
        "format: trigger-studio/1\nrules: []\n",
        "format: trigger-studio/1\nrules:\n-\n  id: a\n",
        TEXT.replace("format:", "shape:"),
        TEXT + "more: 1\n",
        TEXT.replace("format: trigger-studio/1", "format: &when x"),
        write_yaml({"rules": [1, "a", None]}),
    ],
)
def test_where_there_is_nothing_to_keep(text: str) -> None:
    assert rewritten(text, edited(drop=("again",))) is None


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
RULES = st.dictionaries(st.sampled_from("abcdef"), st.tuples(NAMES, NAMES | st.just("in\ntwo lines\n")), max_size=6)


@given(before=RULES, after=RULES, between=st.sampled_from(["", "\n", "# a comment\n", "\n  # two\n\n# three\n"]))
def test_what_is_written_over_a_file_holds_what_it_should(before: Any, after: Any, between: str) -> None:
    def bundle(rules: Any) -> dict[str, Any]:
        template = edited()["rules"][0]
        return bundle_document(
            Rule.model_validate({**template, "id": id, "name": name, "description": text})
            for id, (name, text) in sorted(rules.items())
        )

    lines = {rule["id"]: between + write_yaml([rule]) for rule in bundle(before)["rules"]}
    made = rewritten("format: trigger-studio/1\nrules:\n" + "".join(reversed(lines.values())), bundle(after))
    if made is None:
        assert not before or not after
        return
    assert sorted(read_document(made)["rules"], key=lambda rule: rule["id"]) == bundle(after)["rules"]
    kept = [id for id in reversed(list(lines)) if before[id] == after.get(id)]
    places = [made.find(lines[id].removeprefix(between)) for id in kept]
    assert -1 not in places
    assert places == sorted(places)


def test_files(tmp_path: Path) -> None:
    bundle = edited(check={"name": "Look"})
    plain = write_yaml(bundle)
    for name, before, wanted in (
        ("bundle.yaml", TEXT, rewritten(TEXT, bundle)),
        ("none.yaml", None, plain),
        ("other.yaml", "a: b\n", plain),
        ("latin.yaml", "# \xe4\n".encode("latin-1"), plain),
    ):
        file = tmp_path / name
        if before is not None:
            file.write_bytes(before if isinstance(before, bytes) else before.encode())
        write_bundle(bundle, file)
        assert file.read_text() == wanted
    file = tmp_path / "bundle.json"
    file.write_text(TEXT)
    write_bundle(bundle, file)
    assert file.read_text().startswith('{\n  "format"')
    assert read_document(file) == bundle

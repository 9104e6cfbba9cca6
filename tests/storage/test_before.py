"""Databases, drafts, bundles and preferences of the version before open unchanged, once `db upgrade` has added to them.

`tests/data/before` was made by version 0.1.0 as it was before its window became two rooms: a database with rules, a
limit, approvals, a draft, a dragged card and preferences, whose engine had run a chain; and its rules as bundles.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.support.cli import run
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.services import limits, positions, preferences, rule_registry, trigger_log
from trigger_studio.services.session import Session
from trigger_studio.studio.controllers.autosave import VIEW_STATE
from trigger_studio.studio.view_state import ViewState

BEFORE = Path(__file__).parents[1] / "data" / "before"
EDITED = "delivery-approved"


@pytest.fixture
def url(tmp_path: Path) -> str:
    (tmp_path / "studio.db").write_bytes(gzip.decompress((BEFORE / "studio.db.gz").read_bytes()))
    made = f"sqlite:///{tmp_path / 'studio.db'}"
    assert run("db", "check", "--db", made).code == 1  # its schema is older, and it says what to do
    assert run("db", "upgrade", "--db", made).code == 0
    return made


def test_everything_of_a_database_of_before_is_there(url: str) -> None:
    with Session(url, actor="kept") as session:
        standing = rule_registry.standing(session)
        assert len(standing) == 12
        assert {item.approval for item in standing} == {"approved", ""}
        (draft,) = rule_registry.drafts(session)
        assert (draft.rule_id, draft.document["name"]) == (EDITED, "Edited before")
        view = ViewState()
        view.take(preferences.read(session, VIEW_STATE))
        assert (view.folded, view.grouping) == (frozenset({EDITED}), "project")
        assert positions.read(session)[1] == {f"{EDITED}/event": (320.0, 240.0)}
        assert [item.limit.kind for item in limits.standing(session)] == ["firings"]
        assert {entry["status"] for entry in trigger_log.entries(session)} == {"done", "waiting"}  # a gate


@pytest.mark.parametrize("name", ["studio.yaml", "studio.json"])
def test_a_bundle_of_before_reads_and_writes_the_same(url: str, tmp_path: Path, name: str) -> None:
    with Session(url) as session:
        assert len(parse_bundle(read_document(BEFORE / name, name), session.profile)) == 12
        rule_registry.write_bundle(rule_registry.export(session), tmp_path / name)
    assert (tmp_path / name).read_text("utf-8") == (BEFORE / name).read_text("utf-8")


def test_an_engine_of_today_goes_on_with_it(url: str) -> None:
    assert run("db", "check", "--db", url).code == 0
    assert run("engine", "--until-idle", "--farm", "simulated", "--db", url).code == 0

"""The demonstration, without its window."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.postgres import Database
from trigger_studio.app.main import main

CHAIN = [
    (1, "mira-scenes-on-hero-approval"),
    *[(2, "scene-qa")] * 9,
    (3, "mira-cut-when-all-scenes-approved"),
    (4, "package-after-sign-off"),
    (5, "delivery-ready"),
    (6, "delivery-approved"),
]


def test_the_chain_runs_from_the_variants_approval_to_the_delivery(tmp_path: Path) -> None:
    mine = f"sqlite:///{tmp_path / 'mine.db'}"
    story = run("demo", tmp_path / "demo", "--headless", "--json", env={"TRIGGER_STUDIO_DB": mine}).json()
    assert story["database"] == f"sqlite:///{tmp_path / 'demo' / 'aurora.db'}"
    assert [(entry["depth"], entry["rule"]) for entry in story["firings"]] == CHAIN
    assert {entry["status"] for entry in story["firings"]} == {"done"}
    assert {entry["chain"] for entry in story["firings"]} == {story["chain"]}
    assert len({job for entry in story["firings"] for job in entry["jobs"]}) == 20
    assert sorted(item["kind"] for item in story["sent"]) == ["mail", "mail", "webhook"]
    assert {item["firing"] for item in story["sent"]} == {entry["id"] for entry in story["firings"][-2:]}
    whats = [act["what"] for act in story["people"]]
    assert any("passes the gate" in what for what in whats)
    assert whats[-1] == "approves the delivery mira-delivery"
    assert any("admin" in act["who"] and "approves the rule" in act["what"] for act in story["people"])
    times = [act["at"] for act in story["people"]]
    assert times == sorted(times)
    assert not (tmp_path / "mine.db").exists()  # the studio's own database is left alone


def test_the_story_is_told_and_a_second_run_has_a_file_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stories = []
    for _ in range(2):
        assert main(["demo", str(tmp_path), "--headless"]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        stories.append(out)
    first, second = stories
    assert "aurora.db" in first
    assert "aurora-2.db" in second
    assert first.splitlines()[1:] == second.splitlines()[1:]
    told = [line for line in first.splitlines() if line.startswith("2026-")]
    assert told == sorted(told, key=lambda line: line[:19])
    for words in ("approves the variant mira-hero", "passes the gate", "the producer approves", "webhook to /hooks"):
        assert words in first


def test_the_demonstration_leaves_a_scene_to_look_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(tmp_path), "--json"]) == 0
    url = json.loads(capsys.readouterr().out)["database"]
    from trigger_studio.services import pipeline
    from trigger_studio.services.session import Session

    with Session(url) as session:
        scenes = {entity.id: entity.status for entity in pipeline.entities(session, "scene")}
    assert [name for name, status in scenes.items() if status != "approved"] == ["juno-s02"]


def test_on_a_database_by_name(postgres_database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    """On a farm's database: its owner prepares it, the program's own role owns nothing."""
    assert main(["db", "upgrade", "--db", postgres_database.owner_url]) == 0
    capsys.readouterr()
    assert main(["demo", "--json", "--db", postgres_database.url]) == 0
    assert [(entry["depth"], entry["rule"]) for entry in json.loads(capsys.readouterr().out)["firings"]] == CHAIN
    assert main(["demo", "--json", "--db", postgres_database.url]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "holds rules already" in err


BAD = {
    "a file as folder": (["demo", "{tmp}/file", "--headless"], "is not a directory"),
    "below a file": (["demo", "{tmp}/file/x", "--headless"], "Not a directory"),
    "two places": (["demo", "{tmp}", "--headless", "--db", "sqlite:///{tmp}/x.db"], "exclude each other"),
    "no picture's name": (["demo", "{tmp}", "--screenshot", "{tmp}/x.jpeg"], "must end in .png"),
    "no display": (["demo", "{tmp}/new"], "there is no display"),
    "no display to open": (["open"], "there is no display"),
    "no display, no command": ([], "there is no display"),
    "no bundle": (["open", "{tmp}/nothing.yaml"], "there is no such file"),
}


@pytest.mark.parametrize("case", BAD.values(), ids=list(BAD))
def test_what_cannot_be_shown_is_told_in_one_line(
    case: tuple[list[str], str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "file").write_text("x")
    words, part = case
    assert main([word.format(tmp=tmp_path) for word in words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert part in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]

"""What was once found stays mended, every door is tried a little, and a fault that is put in is found."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fuzz.cases import CORPUS, Case, Grounds
from tests.fuzz.doors import DOORS
from tests.fuzz.search import Search
from trigger_studio.errors import Fault
from trigger_studio.model.event_codec import EventIn, EventParser

INPUTS, SEED = 6, 20_261_129
"""So many of every door, the same each time; `make fuzz` draws others for as long as it is told."""


@pytest.fixture
def grounds(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grounds:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))  # each case has its own; put back at the end
    return Grounds(Path(request.getfixturevalue("_sqlite_template")), tmp_path)


@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.json")), ids=lambda file: file.stem)
def test_what_was_found_stays_mended(file: Path, grounds: Grounds) -> None:
    assert grounds.run(Case.load(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", DOORS)
def test_a_door_takes_anything(name: str, grounds: Grounds) -> None:
    seed = int(os.environ.get("TS_SEED", SEED))
    print(f"TS_SEED={seed}")
    search = Search(grounds)
    search.look(DOORS[name], INPUTS, seed)
    assert search.found == {}
    assert search.counts[name] >= INPUTS // 2


def test_a_fault_that_is_put_in_is_found(grounds: Grounds, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = EventParser.read_line

    def planted(self: EventParser, line: bytes, faults: list[Fault]) -> EventIn | None:
        if b"attributes" not in line:
            raise ZeroDivisionError("planted")
        return sound(self, line, faults)

    monkeypatch.setattr(EventParser, "read_line", planted)
    search = Search(grounds)
    for turn in range(6):
        search.look(DOORS["events"], 25, SEED + turn)
        if search.found:
            break
    (fault,) = search.found
    assert "ZeroDivisionError: planted" in fault

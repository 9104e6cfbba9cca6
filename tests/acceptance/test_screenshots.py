"""The pictures of the studio: taken by one command, each at its scale and in its theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from trigger_studio.app import screenshots
from trigger_studio.ui.widgets.theme import DARK, LIGHT


def test_two_of_them(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert screenshots.main([str(tmp_path), "--only", "near-150", "--only", "replay", "--language", "de"]) == 0
    assert "near-150: taken" in capfd.readouterr().out
    near, replay = QImage(str(tmp_path / "near-150-de.png")), QImage(str(tmp_path / "replay-de.png"))
    assert near.width() == 1.5 * replay.width() == 1.5 * screenshots.SIZE[0]
    for image, tokens in ((near, LIGHT), (replay, DARK)):
        colours = {
            image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 7)
        }
        assert {tokens.canvas, tokens.surface, tokens.done} <= colours


def test_one_command_takes_them_at_every_distance_theme_scale_and_language() -> None:
    shots = screenshots.SHOTS.values()
    assert {shot.theme for shot in shots} == {"light", "dark"}
    assert {shot.scale for shot in shots} == {1.0, 1.5}
    assert {shot.many for shot in shots} == {False, True}
    assert {shot.language for shot in shots} == {"", "de"}

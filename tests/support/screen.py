"""A screen of its own for a real window: an X server without a monitor, real keys and mouse, and its picture."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QImage

from tests.support import processes

ROOT = Path(__file__).parents[2]
FRAME_FILE = "Xvfb_screen0"
HEADER = struct.Struct(">25I")
"""The X window dump: header size first, width and height at 4 and 5, bytes a line at 12, colours at 19."""


class Screen:
    """An X server and the hands on it; `folder` holds what is on the screen, as the server writes it."""

    def __init__(self, folder: Path, width: int, height: int) -> None:
        self._folder = folder
        self._programs: list[subprocess.Popen[bytes]] = []
        read, write = os.pipe()
        screen = f"{width}x{height}x24"
        self._server = subprocess.Popen(
            [*["Xvfb", "-nolisten", "tcp", "-displayfd"], str(write), "-screen", "0", screen, "-fbdir", str(folder)],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = f":{answer.readline().strip()}"

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to appear here."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}

    def start(self, code: str, **extra: str) -> subprocess.Popen[bytes]:
        """Run Python code in a process on this screen."""
        env: Mapping[str, str] = {**self.environment, **extra}
        self._programs.append(processes.begin([sys.executable, "-c", code], env=env, stderr=subprocess.PIPE))
        return self._programs[-1]

    def hands(self, *does: str) -> str:
        """Move the mouse or press keys; returns what was answered."""
        done = subprocess.run(
            ["xdotool", *does], env=self.environment, check=True, capture_output=True, text=True, timeout=30
        )
        return done.stdout.strip()

    def click(self, x: int, y: int) -> None:
        """A click of the left button."""
        self.hands("mousemove", str(x), str(y), "click", "1")

    def keys(self, *names: str) -> None:
        """Keys, one after the other, at a person's pace."""
        for name in names:
            self.hands("key", name)
            time.sleep(0.1)

    def picture(self) -> QImage:
        """What is on the screen."""
        content = (self._folder / FRAME_FILE).read_bytes()
        fields = HEADER.unpack_from(content)
        start = fields[0] + fields[19] * 12
        pixels = content[start : start + fields[12] * fields[5]]
        return QImage(pixels, fields[4], fields[5], fields[12], QImage.Format.Format_RGB32).copy()

    def close(self) -> None:
        """Switch it off, and what runs on it."""
        for program in self._programs:
            if program.poll() is None:
                program.kill()
                program.communicate()
        self._server.terminate()
        self._server.wait(10)

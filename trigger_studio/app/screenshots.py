"""Pictures of the studio for its makers and its README: ``python -m trigger_studio.app.screenshots DIR``.

Each picture is taken by a process of its own, since scale and language are settled before the first window.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from trigger_studio.frozen import frozen

if TYPE_CHECKING:
    from trigger_studio.services.session import Session
    from trigger_studio.ui.shell.window import MainWindow

SIZE: Final = (1600, 1000)
RULE: Final = "scene-qa"
FILMS: Final = 84
"""Copies of the demonstration's twelve rules, one film each: a thousand and eight rules."""
SETTLE_S: Final = 0.4
REST_S: Final = 1.2
"""Until the small map has made room for the cards under it."""
GIVE_UP_S: Final = 60.0

Pose = Callable[["MainWindow"], Coroutine[Any, Any, None]]


async def _near(window: MainWindow) -> None:
    window.show_best()


async def _whole(window: MainWindow) -> None:
    window.tabs.setVisible(False)
    await _settled()
    window.chart.canvas.zoom_to_fit()


async def _form(window: MainWindow) -> None:
    window.context.document.select(RULE)
    window.chart.show_near(RULE)
    window.inspector.focus_form()


async def _preview(window: MainWindow) -> None:
    window.context.document.select(RULE)
    window.chart.show_near(RULE)
    window.tabs.setCurrentWidget(window.preview)
    await _idle(window)


async def _replay(window: MainWindow) -> None:
    window.show_best()
    window.actions_["replay"].trigger()
    await _idle(window)
    window.replay.go(window.replay.slider.maximum() // 2)


async def _gallery(window: MainWindow) -> None:
    window.actions_["gallery"].trigger()
    await _idle(window)


@frozen
class Shot:
    """One picture: how the window stands, on which pipeline, in which theme, at which scale, in which language."""

    pose: Pose
    theme: str = "light"
    scale: float = 1.0
    many: bool = False
    language: str = ""


SHOTS: Final = {
    "near-light": Shot(_near),
    "near-dark": Shot(_near, "dark"),
    "near-150": Shot(_near, scale=1.5),
    "near-german": Shot(_near, language="de"),
    "chain-light": Shot(_whole),
    "chain-dark": Shot(_whole, "dark"),
    "far-light": Shot(_whole, many=True),
    "far-dark": Shot(_whole, "dark", many=True),
    "form": Shot(_form),
    "form-german": Shot(_form, "dark", language="de"),
    "gallery": Shot(_gallery),
    "preview": Shot(_preview),
    "replay": Shot(_replay, "dark"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures. Returns the exit status: 0, or 1 if one of them could not be taken."""
    parser = argparse.ArgumentParser(prog="screenshots", description="Take pictures of the studio.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="where they go")
    parser.add_argument("--only", metavar="NAME", choices=SHOTS, action="append", help=", ".join(SHOTS))
    parser.add_argument("--language", metavar="CODE", default="", help="of every picture, such as de; else its own")
    parser.add_argument("--from", metavar="URL", dest="url", help=argparse.SUPPRESS)
    wishes = parser.parse_args(arguments)
    wishes.folder.mkdir(parents=True, exist_ok=True)
    names = wishes.only or list(SHOTS)
    if wishes.url:
        path = _path(wishes.folder, names[0], wishes.language).resolve()
        database = Path(wishes.url.removeprefix("sqlite:///"))
        os.chdir(database.parent)  # so that no picture shows where this machine keeps it
        return _take(SHOTS[names[0]], f"sqlite:///{database.name}", path)
    with TemporaryDirectory(prefix="trigger-studio-") as folder:
        urls = _furnished(Path(folder), many={SHOTS[name].many for name in names})
        return max(_apart(name, urls[SHOTS[name].many], wishes.folder, wishes.language) for name in names)


def _path(folder: Path, name: str, language: str) -> Path:
    return folder / (f"{name}-{language}.png" if language else f"{name}.png")


def _apart(name: str, url: str, folder: Path, language: str) -> int:
    """Take one picture in a process that has its scale and language from the start."""
    shot = SHOTS[name]
    place = {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(shot.scale), "LC_ALL": "C.UTF-8"}
    place["LANGUAGE"] = language or shot.language or "en"  # what Qt takes for a person's choice
    given = [str(folder), "--only", name, "--language", language, "--from", url]
    done = subprocess.run([sys.executable, "-m", __spec__.name, *given], env={**os.environ, **place}, check=False)
    print(f"{name}: {'taken' if done.returncode == 0 else 'not taken'}")
    return done.returncode


def _furnished(folder: Path, *, many: set[bool]) -> dict[bool, str]:
    """The databases that are wanted: the demonstration after its story, and a thousand rules."""
    from trigger_studio.services import demo
    from trigger_studio.services.receivers import Receivers
    from trigger_studio.services.session import Session

    urls = {wanted: f"sqlite:///{folder / name}" for wanted, name in ((False, "aurora.db"), (True, "studio.db"))}
    if False in many:
        with Receivers(demo.SECRETS) as receivers:
            demo.perform(urls[False], receivers)
    if True in many:
        with Session(urls[True]) as session:
            _publish_many(session)
    return urls


def _publish_many(session: Session) -> None:
    from trigger_studio import resources
    from trigger_studio.model.documents import read_document
    from trigger_studio.services import rule_registry

    content = read_document(resources.path("demo/rules.yaml"))
    rules = [_of_film(rule, film) for film in range(FILMS) for rule in content["rules"]]
    rule_registry.publish(session, [rule_registry.checked(session, rule) for rule in rules])


def _of_film(rule: dict[str, Any], film: int) -> dict[str, Any]:
    """A rule of the demonstration in a film of its own, where nothing names an entity that another film has too."""
    own = {"id": f"{rule['id']}-{film:02d}", "project": f"film-{film:02d}"}
    made: dict[str, Any] = {**_nameless(rule), **own}
    return made


def _nameless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _nameless(inner) for key, inner in value.items() if not key.endswith("_id")}
    return [_nameless(inner) for inner in value] if isinstance(value, list) else value


def _take(shot: Shot, url: str, path: Path) -> int:
    """Open the window, let it stand as the picture wants, and save what is seen."""
    import qasync
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from trigger_studio.app.launch import build, say
    from trigger_studio.app.pictures import save
    from trigger_studio.errors import Unavailable
    from trigger_studio.ui.widgets import dressing, language

    qInstallMessageHandler(say)
    app = QApplication(["trigger-studio"])
    dressing.install(app, dressing.Mode(shot.theme))
    language.install(app)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        window = build(loop)
        window.resize(*SIZE)
        window.show()
        window.context.open(url)
        try:
            loop.run_until_complete(asyncio.wait_for(_posed(window, shot), GIVE_UP_S))
            shown = app.activeModalWidget() or window
            save(shown, path)
            return 0
        except (TimeoutError, Unavailable) as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            window.close()


async def _posed(window: MainWindow, shot: Shot) -> None:
    while window.context.document.profile is None:
        await asyncio.sleep(0.05)
    await _idle(window)
    await shot.pose(window)
    await _idle(window)
    await asyncio.sleep(REST_S)


async def _idle(window: MainWindow) -> None:
    """Nothing is under way, and what is shown has been painted."""
    await _settled()
    while window.context.busy:
        await asyncio.sleep(0.05)
    await _settled()


async def _settled() -> None:
    await asyncio.sleep(SETTLE_S)


if __name__ == "__main__":
    sys.exit(main())

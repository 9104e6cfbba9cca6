"""Builds what is handed out, ``dist/trigger-studio-VERSION.tar.gz``, and tries it: ``build.py PYTHON``.

The archive holds the wheel, the lock it was tested with, the installer, the desktop entry and the icon. The trial
unpacks it into an empty folder, installs it and runs the demonstration there, away from the checkout and with an empty
home. PYTHON is one that has the builder, hatchling; the trial is installed with the Python that runs this file, which
is meant to be the oldest supported, so nothing here may need a newer one.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
EXTRAS = (
    "requirements.lock",
    "LICENSE",
    "packaging/install.sh",
    "packaging/trigger-studio.desktop",
    "resources/trigger-studio.svg",
)
PICTURE = "demo.png"
IMPORT_EVERYTHING = """
import importlib, pkgutil, trigger_studio
found = [m.name for m in pkgutil.walk_packages(trigger_studio.__path__, "trigger_studio.")]
for name in found:
    extra = name.endswith(".traces") or name.startswith("trigger_studio.api.")  # installed by who wants them
    if not (extra or name.endswith("__main__") or ".migrations." in name):
        importlib.import_module(name)
print(len(found), "modules")
"""


def build(builder: str) -> Path:
    """The archive, freshly built by a Python that has hatchling."""
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.run([builder, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)], cwd=ROOT, check=True)
    (wheel,) = DIST.glob("*.whl")
    name = "trigger-studio-" + wheel.name.split("-")[1]
    archive = DIST / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        for path in (wheel, *(ROOT / extra for extra in EXTRAS)):
            tar.add(path, f"{name}/{path.name}")
    return archive


def try_out(archive: Path) -> None:
    """Installs the archive somewhere else and runs the program as a person would.

    Raises:
        CalledProcessError: it does not install, or a command of the installed program fails.
        FileNotFoundError: the installed program drew no window.
    """
    with tempfile.TemporaryDirectory(prefix="ts-package-") as folder:
        place = Path(folder)
        subprocess.run(["tar", "-xzf", str(archive), "-C", str(place)], check=True)
        (unpacked,) = place.iterdir()
        home = place / "home"
        home.mkdir()
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_", "TRIGGER_"))
        }
        environment |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHON": sys.executable}
        for command in _commands(unpacked, home):
            print("trying:", *command[:4], flush=True)
            subprocess.run(command, cwd=home, env=environment, check=True, stdin=subprocess.DEVNULL, timeout=600)
        picture = home / PICTURE
        print(f"drew {picture.name}: {picture.stat().st_size} bytes")


def _commands(unpacked: Path, home: Path) -> Iterator[list[str]]:
    program = home / ".local" / "bin" / "trigger-studio"
    yield ["sh", str(unpacked / "install.sh")]
    yield [str(program), "--help"]
    yield [str(program), "demo", str(home / "demo"), "--headless"]
    yield [str(program), "demo", str(home / "picture"), "--screenshot", str(home / PICTURE)]
    yield [str(home / ".local" / "lib" / "trigger-studio" / "bin" / "python"), "-c", IMPORT_EVERYTHING]


if __name__ == "__main__":
    print("trying with Python", sys.version.split()[0], flush=True)
    built = build(sys.argv[1])
    try_out(built)
    print(built.relative_to(ROOT))

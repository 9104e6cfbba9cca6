"""Builds what is handed out, ``dist/trigger-studio-VERSION.tar.gz``, and tries it.

The archive holds the wheel, the lock it was tested with, the installer, the desktop entry and the icon. The trial
installs it into an empty folder and runs the demonstration there, away from the checkout and with an empty home.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
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


def build() -> Path:
    """The archive, freshly built."""
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)], cwd=ROOT, check=True)
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
        with tarfile.open(archive) as tar:
            tar.extractall(place, filter="data")
        (unpacked,) = (path for path in place.iterdir() if path.is_dir())
        home = place / "home"
        home.mkdir()
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "XDG_", "TRIGGER_"))
        }
        environment |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHON": sys.executable}
        program = home / ".local" / "bin" / "trigger-studio"
        picture = home / "demo.png"
        for command in (
            ["sh", str(unpacked / "install.sh")],
            [str(program), "--help"],
            [str(program), "demo", str(home / "demo"), "--headless"],
            [str(program), "demo", str(home / "picture"), "--screenshot", str(picture)],
        ):
            print("trying:", *command, flush=True)
            subprocess.run(command, cwd=home, env=environment, check=True, stdin=subprocess.DEVNULL, timeout=600)
        print(f"drew {picture.name}: {picture.stat().st_size} bytes")


if __name__ == "__main__":
    built = build()
    try_out(built)
    print(built.relative_to(ROOT))

"""Where the files shipped with the program are: profile, icons, templates, demonstration data."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"  # a wheel carries them inside the package
_CHECKOUT = _PACKAGE.parent / "resources"


def path(name: str) -> Path:
    """The path of the resource `name` (``"pipeline.yaml"``, ``"icons/gate.svg"``), installed or in a checkout.

    Raises:
        FileNotFoundError: there is no such resource, which is a fault of the installation.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    found = root / name
    if not found.exists():
        raise FileNotFoundError(f"the resource {name!r} is missing from {root}")
    return found

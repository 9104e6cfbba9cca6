"""A slim stand-in for the `Qt` wrapper (and `distutils.version`) that NodeGraphQt imports.

NodeGraphQt reaches Qt through the package Qt.py, which imports every Qt module there is, multimedia and all, and it
reaches `distutils` for one version check, which drags setuptools in (and is gone from Python 3.12). Both cost more than
the rest of the window together and warn on machines without sound libraries. `install` puts two small modules in their
place before NodeGraphQt is imported for the first time; this is the only place that knows about either. Its panels for
nodes and their properties, and its nodes of SVG with an XML parser, stay out as well: the package loads them only to
name them, and ours take their part.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets

_LEFT_OUT = {
    "custom_widgets.nodes_tree": ["NodesTreeWidget"],
    "custom_widgets.nodes_palette": ["NodesPaletteWidget"],
    "custom_widgets.properties_bin.node_property_widgets": ["NodePropEditorWidget", "PropertiesBinWidget"],
    "nodes.base_node_svg": ["BaseNodeSVG"],
}
"""Modules of NodeGraphQt, and the names that it takes from each only to have them."""


class _Forward(ModuleType):
    """A module that looks names up in others, in order: Qt 6 moved some classes from QtWidgets to QtGui."""

    def __init__(self, name: str, *targets: ModuleType) -> None:
        super().__init__(name)
        self._targets = targets

    def __getattr__(self, name: str) -> Any:
        for target in self._targets:
            if hasattr(target, name):
                value = getattr(target, name)
                setattr(self, name, value)
                return value
        raise AttributeError(f"module '{self.__name__}' has no attribute '{name}'")


class LooseVersion:
    """Dotted numbers that compare by value, which is all NodeGraphQt asks of `distutils.version`."""

    def __init__(self, text: str) -> None:
        self.parts = tuple(int(part) for part in text.split(".") if part.isdigit())

    def __ge__(self, other: LooseVersion) -> bool:
        return self.parts >= other.parts


def install() -> None:
    """Import NodeGraphQt the cheap and quiet way; to be called before anything else imports it."""
    if "NodeGraphQt" in sys.modules:
        return
    qt = _Forward("Qt")
    names: dict[str, Any] = {
        "QtCore": QtCore,
        "QtGui": QtGui,
        "QtWidgets": _Forward("Qt.QtWidgets", QtWidgets, QtGui),
        "QtSvg": ModuleType("Qt.QtSvg"),  # only its SVG nodes use it, at run time, and we have none
        "QtCompat": ModuleType("Qt.QtCompat"),  # only its property editor uses it; the inspector is our own
    }
    for name, value in names.items():
        setattr(qt, name, value)
    version = ModuleType("distutils.version")
    vars(version)["LooseVersion"] = LooseVersion
    stand_ins = {"distutils": ModuleType("distutils"), "distutils.version": version}
    for place, names_taken in _LEFT_OUT.items():
        name = f"NodeGraphQt.{place}"
        stand_ins[name] = ModuleType(name)
        vars(stand_ins[name]).update(dict.fromkeys(names_taken))
    hidden = {name: sys.modules.get(name) for name in stand_ins}
    sys.modules.update(stand_ins, Qt=qt)
    try:
        importlib.import_module("NodeGraphQt")
    finally:  # whoever else needs the real ones must find them
        for name, module in hidden.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module

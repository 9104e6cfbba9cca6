"""Brings the translations' sources up to date and compiles them: ``python packaging/translations.py``.

Every text stands in the one context that the window's translator looks in, whichever module says it. New texts get an
unfinished entry, texts that nobody says any more go.
"""

from __future__ import annotations

import ast
import errno
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "TriggerStudio"
LANGUAGES = ("de",)
COMMAND_TEXTS = ("title", "menu", "tip")


def sources() -> set[str]:
    """Every text that the window says; ``%n rule(s)`` is one with a plural."""
    found: set[str] = set()
    for file in sorted((ROOT / "trigger_studio").rglob("*.py")):
        if file.parent.name not in ("cli", "api"):
            found.update(_said_in(ast.parse(file.read_text(encoding="utf-8"))))
    return found | set(_of_the_pipeline()) | set(_of_the_gallery()) | set(_of_enumerations())


def _said_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        arguments = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else "" for a in node.args]
        if name in ("tr", "N_", "Message") and arguments:
            yield from arguments[:1]
            if isinstance(node.args[0], ast.IfExp):
                yield from (c.value for c in (node.args[0].body, node.args[0].orelse) if isinstance(c, ast.Constant))
        elif name == "translate" and len(arguments) > 1:
            yield arguments[1]
        elif name == "count" and len(arguments) == 2 and arguments[1]:
            yield f"%n {arguments[1]}(s)"
        elif name == "Command":
            yield from arguments[1:3]
            yield from (
                k.value.value for k in node.keywords if k.arg in COMMAND_TEXTS and isinstance(k.value, ast.Constant)
            )


def _of_the_pipeline() -> Iterator[str]:
    from trigger_studio.analysis.wording.vocabulary import unfolded, verbs
    from trigger_studio.model.documents import read_document
    from trigger_studio.model.entities import plural

    profile = read_document(ROOT / "resources" / "pipeline.yaml")
    for kind in profile["kinds"]:
        yield from (unfolded(kind), unfolded(plural(kind)), f"any {unfolded(kind)}", f"the same {unfolded(kind)}")
    yield from (f"{verb} …" for verb in verbs())
    for names in (profile["attributes"], profile["job_types"], profile["actions"]):
        yield from map(unfolded, names)
    for attribute in profile["attributes"].values():
        if attribute.get("type") == "choice":
            yield from map(unfolded, attribute["values"])
    yield from ("completed", "approved", "failed", "needs review", "email", "admin", "job type")


def _of_the_gallery() -> Iterator[str]:
    from trigger_studio.model.documents import read_document

    folder = ROOT / "resources" / "templates"
    for entry in read_document(folder / "gallery.yaml")["templates"]:
        yield from (blank["label"] for blank in entry.get("blanks", ()))
        rule = read_document(folder / f"{entry['id']}.yaml")["rules"][0]
        yield from (rule["name"], rule.get("description", ""))


def _of_enumerations() -> Iterator[str]:
    from trigger_studio.model.profile import EVENT_TYPES
    from trigger_studio.studio.chart.chart import Badge, Kind, Run
    from trigger_studio.ui.panels.log import STATUSES

    yield from (member.value for kind in (Badge, Kind, Run) for member in kind)
    yield from STATUSES
    yield from ("by a person", *(f"on {event}" for event in EVENT_TYPES))
    yield from ("rule", "command", "gate", "job", "project")
    for number in (errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.EROFS, errno.ENOSPC):
        yield os.strerror(number)
    yield from (
        "waiting",
        "approved",
        "refused",
        "timed out",
        "pending",
        "skipped",
        "submitted",
        "running",
        "yes",
        "no",
    )


def merge(path: Path, code: str) -> int:
    """Bring one language's source up to date; returns how many texts wait for their translation."""
    known: dict[str, list[str]] = {}
    if path.exists():
        for message in ET.parse(path).getroot().iter("message"):
            said = message.find("translation")
            assert said is not None
            forms = [form.text or "" for form in said.iter("numerusform")] or [said.text or ""]
            known[message.findtext("source") or ""] = forms
    root = ET.Element("TS", version="2.1", language=code, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    waiting = 0
    for source in sorted(sources() - {""}):
        many = source.startswith("%n ")
        message = ET.SubElement(context, "message", {"numerus": "yes"} if many else {})
        ET.SubElement(message, "source").text = source
        translation = ET.SubElement(message, "translation")
        forms = known.get(source, [])
        if not all(forms) or not forms:
            translation.set("type", "unfinished")
            waiting += 1
        for form in (forms or ["", ""]) if many else ():
            ET.SubElement(translation, "numerusform").text = form
        if not many:
            translation.text = forms[0] if forms else ""
    ET.indent(root)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return waiting


def main() -> int:
    """Merge and compile every language. Returns 1 if a text waits for its translation."""
    FOLDER.mkdir(exist_ok=True)
    release = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent)) or "pyside6-lrelease"
    waiting = 0
    for code in LANGUAGES:
        path = FOLDER / f"trigger_studio_{code}.ts"
        waiting += merge(path, code)
        subprocess.run([release, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)
    print(f"{waiting} texts wait for their translation" if waiting else "Every text is translated.")
    return 1 if waiting else 0


if __name__ == "__main__":
    sys.exit(main())

"""The language that people are spoken to: the source's English, unless the window installs a translator.

Texts are patterns with places for values, so that a translation may order them as its language does. The command
line installs nothing and stays English.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from trigger_studio.errors import BadInput, Fault, Message

_LINE = re.compile(r"\bline (\d+)$")


MANY = 5
"""A number that every language takes for many."""


class Translator(Protocol):
    """Finds the translation of a text; the text itself where there is none. `number` chooses its plural form."""

    def __call__(self, text: str, number: int = -1) -> str: ...


def _as_written(text: str, number: int = -1) -> str:
    return text


_translator: Translator = _as_written


def set_translator(translator: Translator | None) -> None:
    """Speak through this translator from now on; None: as the source is written."""
    global _translator  # noqa: PLW0603 - one language in a process
    _translator = translator or _as_written


def N_(text: str) -> str:
    """The text as it is, to be translated where it is used: for tables that are made at import."""
    return text


def tr(text: str, *values: Any) -> str:
    """The text in the language that is spoken, with the values in their places: ``tr("after {0}", "5 min")``."""
    said = _translator(text) if text else text
    return said.format(*values) if values else said


def translate(what: object) -> str:
    """An error, a fault or a text of ours in the language that is spoken; anything else as it is."""
    if isinstance(what, Message):
        return tr(what.pattern, *map(translate, what.values))
    if isinstance(what, Fault):
        text = f"{_place(what.path)}: {translate(what.message)}" if what.path else translate(what.message)
        return " ".join(text.split())
    if isinstance(what, BadInput):
        return "\n".join(map(translate, what.faults))
    if isinstance(what, BaseException) and what.args:
        return translate(what.args[0])
    return str(what)


def _place(path: str) -> str:
    """Where a fault is: a line's number is told, a path of the document is as it is."""
    return _LINE.sub(lambda found: tr("line {0}", found[1]), path)


def quoted(text: object) -> str:
    """A name in the quotes of the language that is spoken."""
    return tr("“{0}”", text)


def decimal(value: float) -> str:
    """A number as the language that is spoken writes it, no longer than it must be: ``2.5``, ``2,5``."""
    return f"{value:g}".replace(".", tr("1.5")[1])


def fitted(pattern: str, word: str) -> str:
    """A pattern with a word in it, where a language says it in a way of its own for known words: ``any scene``."""
    whole = pattern.format(word)
    said = tr(whole)
    return said if said != whole else tr(pattern, tr(word))


def around(verb: str) -> tuple[str, str]:
    """What stands before and after the value of a comparison: ``("is at least", "")``, ``("mindestens", "ist")``."""
    before, _, after = tr(f"{verb} …").partition("…")
    return before.strip(), after.strip()


def counted(number: float, one: str, more: str) -> str:
    """A number of things, in the plural form of the language that is spoken; of a fraction, that of many."""
    source = f"%n {one}(s)"
    whole = int(number) if float(number).is_integer() else MANY
    said = _translator(source, whole)
    if said == source:
        said = f"{whole} {one if whole == 1 else more}"
    return said if whole == number else said.replace(str(MANY), decimal(number), 1)

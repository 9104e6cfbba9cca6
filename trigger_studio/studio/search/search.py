"""What can be searched for, and what is found: rules by what they are and do, commands, gates and jobs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trigger_studio.analysis.wording import words
from trigger_studio.analysis.wording.phrases import Phrase, phrases, unfinished
from trigger_studio.frozen import frozen
from trigger_studio.model.i18n import tr
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule
from trigger_studio.studio.activity import ActivityModel
from trigger_studio.studio.background import BackgroundTasks
from trigger_studio.studio.changes import Change, Part
from trigger_studio.studio.document import Document
from trigger_studio.studio.observable import Observable
from trigger_studio.studio.paths import Content
from trigger_studio.studio.search.index import Index, Match

AT_ONCE = 40
"""So many changed rules are read while a person waits; more are read beside."""
_SHOWN = ("does", "about", "when", "note")


@frozen
class Hit:
    """One thing that was found.

    Attributes:
        kind: rule, command, gate or job.
        key: its id.
        node: the card that the match is about, "" for the whole rule.
        why: what of it matched, in words.
    """

    kind: str
    key: str
    title: str
    why: str = ""
    node: str = ""
    score: float = 0.0


@frozen
class _Known:
    """What the index was told of a rule."""

    content: Content
    rule: Rule | None


class Search:
    """Finds rules, commands, gates and jobs by what is typed, best first.

    Attributes:
        ready: told when rules that had to be read beside are in the index.
    """

    def __init__(self, document: Document, activity: ActivityModel, tasks: BackgroundTasks) -> None:
        self._document, self._activity, self._tasks = document, activity, tasks
        self.ready: Observable[int] = Observable()
        self._rules = Index()
        self._known: dict[str, _Known] = {}
        self._named: dict[str, str] = {}
        self._profile: Profile | None = None
        self._commands = Index()
        self._titles: dict[str, str] = {}
        self._happening = Index()
        self._seen: tuple[object, ...] = ()
        self._reading, self._stale = False, True
        document.watch(self._note)

    @property
    def reading(self) -> bool:
        """Whether rules are still being read."""
        return self._reading

    def offer_commands(self, commands: Iterable[tuple[str, str, str, str]]) -> None:
        """The commands that there are: id, title, what they do, other words that find them."""
        for key, title, about, more in commands:
            self._titles[key] = title
            self._commands.put(key, [Phrase("name", title, more), *([Phrase("note", about)] if about else [])])
        self._commands.prepare()

    def commands(self) -> list[Hit]:
        """Every command."""
        return [Hit("command", key, title) for key, title in self._titles.items()]

    def find(self, text: str, most: int = 30) -> list[Hit]:
        """What has every word of the text, best first."""
        self.prepare()
        self._read_happening()
        hits = [self._rule_hit(match) for match in self._rules.find(text, most)]
        hits += [self._plain_hit("command", match, 1.1) for match in self._commands.find(text, most)]
        hits += [self._plain_hit(match.key.split(":", 1)[0], match, 0.7) for match in self._happening.find(text, most)]
        return sorted(hits, key=lambda hit: -hit.score)[:most]

    # keeping in step

    def _note(self, change: Change) -> None:
        self._stale = self._stale or bool(change.parts & (Part.RULES | Part.WORK | Part.PIPELINE))

    def prepare(self) -> None:
        """Read the rules that changed: a few now, many beside."""
        document = self._document
        if document.profile is None or self._reading or not self._stale:
            return
        self._stale = False
        named = {e.id: f"{e.name or e.id} ({e.kind})" for e in document.entities if e.kind != "job"}
        if named != self._named or document.profile is not self._profile:
            self._known.clear()
            self._named, self._profile = named, document.profile
        now: dict[str, _Known] = {}
        for rule_id in document.ids():
            content = document.content(rule_id)
            if content is not None:
                now[rule_id] = _Known(content, document.checked(rule_id).rule)
        for gone in self._known.keys() - now.keys():
            self._rules.drop(gone)
        changed = {key: known for key, known in now.items() if not _same(self._known.get(key), known)}
        self._known = now
        if len(changed) <= AT_ONCE:
            self._take(_read(changed, document.profile, named))
        else:
            self._reading = True
            self._tasks.start(self._read_beside(changed, document.profile, named))

    async def _read_beside(self, changed: dict[str, _Known], profile: Profile, names: dict[str, str]) -> None:
        try:
            whole = len(changed) == len(self._known)
            if whole:  # a new index is made beside, so that the window's thread only takes it over
                self._rules = await self._tasks.call(_indexed, changed, profile, names)
            else:
                self._take(await self._tasks.call(_read, changed, profile, names))
        except BaseException:
            self._known.clear()
            self._stale = True
            raise
        finally:
            self._reading = False
        self.ready.emit(len(self._rules))

    def _take(self, read: Mapping[str, Sequence[Phrase]]) -> None:
        for key, found in read.items():
            self._rules.put(key, found)

    def _read_happening(self) -> None:
        """Gates and jobs, when they changed."""
        live = self._activity
        if self._seen == (live.gates, live.jobs):
            return
        self._seen, index = (live.gates, live.jobs), Index()
        for gate in live.open_gates():
            index.put(
                f"gate:{gate.id}", [Phrase("name", tr("Gate: {0}", gate.message or gate.approvers), "waiting approve")]
            )
        for job in live.jobs:
            index.put(f"job:{job['id']}", _job(job))
        self._happening = index

    # hits

    def _rule_hit(self, match: Match) -> Hit:
        content = self._document.content(match.key) or {}
        told = [phrase for phrase in match.why if phrase.kind in _SHOWN]
        path = next((phrase.path for phrase in told if phrase.path), "")
        why = " · ".join(phrase.text for phrase in told)
        node = f"rule:{match.key}:{path}" if path else ""
        return Hit("rule", match.key, str(content.get("name") or match.key), why, node, match.score)

    def _plain_hit(self, kind: str, match: Match, factor: float) -> Hit:
        title = next((phrase.text for phrase in match.why if phrase.kind == "name"), self._titles.get(match.key, ""))
        why = " · ".join(phrase.text for phrase in match.why if phrase.kind != "name")
        if not title:
            title, why = why, ""
        return Hit(kind, match.key.removeprefix(f"{kind}:"), title, why, "", match.score * factor)


def _same(one: _Known | None, other: _Known) -> bool:
    """Contents are never changed in place: the same object is the same rule; after a reload they are compared."""
    return one is not None and (one.content is other.content or one.content == other.content)


def _read(changed: Mapping[str, _Known], profile: Profile, names: Mapping[str, str]) -> dict[str, list[Phrase]]:
    return {
        key: phrases(known.rule, known.content, profile, names) if known.rule else unfinished(known.content, names)
        for key, known in changed.items()
    }


def _indexed(changed: Mapping[str, _Known], profile: Profile, names: Mapping[str, str]) -> Index:
    index = Index()
    for key, found in _read(changed, profile, names).items():
        index.put(key, found)
    index.prepare()
    return index


def _job(job: Mapping[str, Any]) -> list[Phrase]:
    about = ", ".join(str(value) for key, value in job["params"].items() if key.endswith("_id"))
    whose = " ".join(filter(None, (job["character"], job["project"])))
    return [
        Phrase("name", tr("{0} job {1}", words.title(words.plain(job["job_type"])), job["id"]), job["state"]),
        Phrase("does", " · ".join(filter(None, (tr(job["state"]), about, whose)))),
    ]

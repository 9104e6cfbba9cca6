"""A dry run as a story: what starts, in which order, what waits for whom, what it costs, where it stops and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from trigger_studio.analysis.wording import words
from trigger_studio.frozen import frozen
from trigger_studio.model.counting import count
from trigger_studio.model.duration import spoken
from trigger_studio.model.i18n import N_, quoted, tr
from trigger_studio.model.profile import Profile
from trigger_studio.studio.form.action_kinds import icon_of, line_of, type_words
from trigger_studio.studio.paths import Content, path_of, value_at

Entry = dict[str, Any]
MOST_NAMED = 3
HAS = {"completed": N_("is completed"), "approved": N_("is approved"), "failed": N_("has failed")}
HAVE = {"completed": N_("are completed"), "approved": N_("are approved"), "failed": N_("have failed")}

REASONS = {
    "depth": N_("the chain is too long"),
    "approval": N_("it needs an admin's approval"),
    "halt": N_("a halt stands"),
    "budget": N_("the budget is spent"),
    "hourly": N_("too many firings within an hour"),
    "discarded": N_("discarded by a person"),
}


@frozen
class Line:
    """One line below a step. `depth`: how far it stands in; `ink`: a colour of the theme's."""

    icon: str
    ink: str
    text: str
    note: str = ""
    depth: int = 0
    path: str = ""


@frozen
class Step:
    """One rule starting, once or for several entities alike.

    Attributes:
        at: how long after the event.
        count: how many times.
    """

    rule: str
    title: str
    why: str
    at: str
    count: int
    lines: tuple[Line, ...]


@frozen
class Story:
    """The parts of a dry run in the order they are told. `ends`: why and where it goes no further."""

    steps: tuple[Step, ...]
    ends: tuple[Line, ...]


@frozen
class Teller:
    """What a story is told with.

    Attributes:
        content: a rule's document, by its id.
        named: an entity's name, by kind and id.
    """

    profile: Profile
    content: Callable[[str], Content]
    named: Callable[[str, str], str]

    def tell(self, report: Mapping[str, Any]) -> Story:
        """The story of a dry run's document."""
        firings = report["firings"]
        start = datetime.fromisoformat(firings[0]["at"]) if firings else None
        groups = [list(group) for _, group in groupby(firings, _alike)]
        steps = tuple(self._step(group, start) for group in groups)
        return Story(steps, tuple(self._ends(report)))

    def title(self, rule_id: str) -> str:
        """The rule's name."""
        return str(self.content(rule_id).get("name") or rule_id)

    def event_words(self, event: Mapping[str, Any], others: Sequence[str] = ()) -> str:
        """``Variant Mira, hero is approved``, or several at once."""
        kind, happens = words.plain(event["entity"]), event["type"]
        if others:
            names = [self.named(event["entity"], id) for id in others]
            return tr("{0} {1} {2}: {3}", len(others), words.many(event["entity"]), tr(HAVE[happens]), _some(names))
        return f"{kind} {self.named(event['entity'], event['entity_id'])} {tr(HAS[happens])}"

    def _step(self, group: list[Entry], start: datetime | None) -> Step:
        first = group[0]
        ids = [firing["event"]["entity_id"] for firing in group] if len(group) > 1 else []
        seconds = (datetime.fromisoformat(first["at"]) - start).total_seconds() if start else 0.0
        at = tr("after {0}", spoken(seconds)) if seconds >= 1 else tr("at once")
        lines = tuple(self._lines(first, len(group)))
        return Step(
            first["rule"], self.title(first["rule"]), self.event_words(first["event"], ids), at, len(group), lines
        )

    def _lines(self, firing: Entry, times: int) -> Iterator[Line]:
        content = self.content(firing["rule"])
        actions = [action for action in firing["actions"] if action["type"] != "sequence"]
        at_once = {a["path"] for a in actions if a["type"] == "parallel"}
        if content.get("mode") == "parallel" and len(content.get("actions", ())) > 1:
            at_once.add("")
        listed = [action for action in actions if action["type"] != "parallel"]
        for _, run in groupby(listed, lambda action: self._sort(action, content)):
            group = list(run)
            yield self._line(group, content, times, together=_parent(group[0]["path"]) in at_once)

    def _sort(self, action: Entry, content: Content) -> tuple[Any, ...]:
        """Actions in a row with the same of these are told as one."""
        known = _known(action, content)
        what = known.get("job_type") or (action["type"] if action["type"] in self.profile.actions else action["path"])
        return action["type"], action["outcome"], _parent(action["path"]), what

    def _line(self, group: list[Entry], content: Content, times: int, *, together: bool) -> Line:
        action, many = group[0], len(group)
        known = _known(action, content)
        text, note = line_of(known, self.profile) if known else (type_words(action["type"]), "")
        outcome, path = action["outcome"], action["path"]
        depth = path.count(".then[") + path.count(".else[")
        ink = {"waiting": "gate", "failed": "failed", "pending": "faint", "skipped": "faint"}.get(outcome, "action")
        if action["type"] == "branch":
            side = {"then": tr("yes"), "else": tr("no, so otherwise")}.get(action.get("taken", ""), "")
            return Line("branch", "condition", f"{text} {side}".strip(), "", depth, path)
        if action["type"] == "gate":
            text, note = tr("Wait until the {0} says yes", words.plain(known.get("approvers", "admin"))), ""
        if job := self._job(action, known):
            text = words.title(words.plain(known.get("job_type") or action["type"])) if many > 1 else text
            note = self._cost(job, many * times, together=together and many > 1)
        if many > 1:
            text = f"{many} × {text}"
        if outcome == "pending":
            text = tr("Afterwards: {0}", text)
        elif outcome in ("skipped", "failed"):
            note = {
                "skipped": tr("left out, since the step before failed"),
                "failed": action.get("detail") or tr("fails"),
            }[outcome]
        elif together and many == 1:
            note = tr("{0} · at the same time", note) if note else tr("at the same time")
        return Line(icon_of(action), ink, text, note, depth, path)

    def _job(self, action: Entry, known: Content) -> str:
        job = known.get("job_type") or self.profile.actions.get(action["type"], "")
        return str(job) if job in self.profile.job_types else ""

    def _cost(self, job: str, many: int, *, together: bool) -> str:
        kind = self.profile.job_types[job]
        parts = [tr("all at once")] if together else []
        if kind.gpu_hours:
            parts.append(count(kind.gpu_hours * many, "GPU-hour"))
        if kind.duration_s:
            parts.append(tr("about {0}{1}", spoken(kind.duration_s), tr(" each") if many > 1 else ""))
        return " · ".join(parts)

    def _ends(self, report: Mapping[str, Any]) -> Iterator[Line]:
        for word, verdicts, icon in (
            (tr("would not start"), report["refusals"], "lock"),
            (tr("would be held"), report["held"], "halt"),
        ):
            for rule, group in groupby(verdicts, lambda verdict: (verdict["rule"], verdict["reason"])):
                times = len(list(group))
                many = tr(" ({0} times)", times) if times > 1 else ""
                yield Line(icon, "failed", f"{quoted(self.title(rule[0]))} {word}{many}: {_why(rule[1])}.", path="when")
        for reason, stops in groupby(report["stops"], lambda stop: stop["reason"]):
            yield self._stop(reason, [stop["after"] for stop in stops])

    def _stop(self, reason: str, after: list[str]) -> Line:
        person, _, decides = reason.partition("a person decides ")
        if decides and not person:
            kind, _, event = decides.partition(".")
            names = _some([self.named(kind, item.removeprefix(f"{kind} ")) for item in after])
            return Line(
                "person",
                "gate",
                tr("Stops until a person has {0} {1} {2}.", words.plain(event), words.plain(kind), names),
            )
        if reason.startswith("a gate waits for "):
            who, _, message = reason.removeprefix("a gate waits for ").partition(": ")
            return Line(
                "person",
                "gate",
                tr("Stops until the {0} says yes{1}", tr(who), f": {quoted(message)}" if message else "."),
            )
        return Line("warning", "failed", words.title(reason))


def _alike(firing: Entry) -> tuple[Any, ...]:
    """Firings in a row with the same of these are told as one step."""
    shape = tuple((action["path"], action["outcome"], action.get("taken")) for action in firing["actions"])
    return firing["rule"], firing["event"]["type"], firing["event"]["entity"], firing["at"], shape


def _known(action: Entry, content: Content) -> Content:
    found = value_at(content, path_of(action["path"]))
    return found if isinstance(found, dict) and found.get("type") == action["type"] else {}


def _parent(path: str) -> str:
    """The path of the container that an action stands in, "" for the rule itself."""
    head = path.rpartition("[")[0]
    return head.rpartition(".")[0]


def _some(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMED + 1:
        return words.listed(names, "and")
    return tr("{0} and {1} more", ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED)


def _why(reason: str | None) -> str:
    return tr(REASONS.get(reason or "", reason or ""))

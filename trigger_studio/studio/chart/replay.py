"""A chain as it went, moment by moment: frames folded from the log's records. No widget in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from trigger_studio.analysis.wording import words
from trigger_studio.frozen import frozen
from trigger_studio.model.i18n import tr
from trigger_studio.studio.chart.chart import RunState
from trigger_studio.studio.chart.run_states import run_states

Entry = Mapping[str, Any]
Tell = Callable[[str, Entry], str]
"""An action in words, from its rule's id and as the log lists it."""

_CONTAINERS: Final = ("parallel", "sequence")
_ENDED: Final = ("done", "failed")
_BEGUN: Final = ("running", "waiting")
_MOST_NAMED: Final = 3


@frozen
class Frame:
    """One moment.

    Attributes:
        at: RFC 3339.
        because: what happened, in words. then: what followed from it at once, in words; "" for nothing.
        rule: whose firing it was.
        card: the card of the chart where it happened.
        entry: the firing's log entry as it was then.
    """

    at: str
    because: str
    then: str
    rule: str
    card: str
    entry: Entry

    @property
    def text(self) -> str:
        """``scene s3 completed → Trigger QA``."""
        return f"{self.because} → {self.then}" if self.then else self.because


class Replay:
    """The frames of one chain.

    Args:
        records: of the chain, in their order (`logbook.records`).
        tell: says an action in words.
    """

    def __init__(self, records: Iterable[Entry], tell: Tell) -> None:
        self.frames: list[Frame] = []
        known: dict[str, dict[str, Any]] = {}
        for record in records:
            before = known.get(record["id"])
            now = known[record["id"]] = {"actions": [], "status": "running", "reason": None, **(before or {}), **record}
            if before is None or "actions" in record:
                self.frames.append(_frame(before, now, tell))

    def states(self, index: int) -> dict[str, RunState]:
        """The chart's run states right after the frame at `index`; before the first with -1."""
        latest = {frame.entry["id"]: frame.entry for frame in self.frames[: index + 1]}
        return run_states(list(latest.values()))


def _frame(before: Entry | None, now: Entry, tell: Tell) -> Frame:
    rule = now["rule"]
    old = {action["path"]: action["status"] for action in before["actions"]} if before is not None else {}
    changed = [action for action in now["actions"] if old.get(action["path"]) != action["status"]]
    ended, begun = _with(changed, _ENDED), _with(changed, _BEGUN)
    if before is None:
        because = f"{words.plain(now['entity'])} {now['entity_id']} {words.plain(now['event'])}"
        follows = [*ended, *begun]
    else:
        because = _listed([f"{tell(rule, action)}: {_said(action['status'])}" for action in ended]) or _status(now)
        follows = begun
    then = _listed([tell(rule, action) for action in follows])
    if now["status"] not in ("running", "waiting") and not then and because != _status(now):
        then = _status(now)
    told = follows or ended
    card = f"rule:{rule}:{told[-1]['path'] if told else 'when'}"
    return Frame(now["at"], because, then, rule, card, now)


def _with(actions: Iterable[Entry], statuses: tuple[str, ...]) -> list[Entry]:
    return [action for action in actions if action["status"] in statuses and action["type"] not in _CONTAINERS]


def _listed(words: list[str]) -> str:
    """The first few, and how many more; like ones once, counted."""
    counts = {word: words.count(word) for word in words}
    texts = [word if count == 1 else f"{count} × {word}" for word, count in counts.items()]
    more = len(texts) - _MOST_NAMED
    return ", ".join([*texts[:_MOST_NAMED], *([f"+ {more}"] if more > 0 else [])])


def _status(entry: Entry) -> str:
    """What became of the firing."""
    said = {
        "done": tr("all done"),
        "failed": tr("failed"),
        "held": tr("held"),
        "refused": tr("refused"),
        "waiting": tr("waits"),
    }
    word = said.get(entry["status"], tr("goes on"))
    return f"{word} ({entry['reason']})" if entry["reason"] else word


def _said(status: str) -> str:
    return {
        "done": tr("done"),
        "failed": tr("failed"),
    }[status]

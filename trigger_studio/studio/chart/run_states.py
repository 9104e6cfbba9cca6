"""How far each card and wire of the chart is, from entries of the trigger log or of a dry run. Without Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

from trigger_studio.studio.chart.chart import ANYONE, Run, RunState, way_key

Entry = Mapping[str, Any]

RUNS: Final[Mapping[str, Run]] = {
    "running": Run.RUNNING, "waiting": Run.WAITING, "done": Run.DONE, "failed": Run.FAILED,
    "held": Run.WAITING, "refused": Run.REFUSED,
}  # fmt: skip
_LOUDNESS: Final = (Run.FAILED, Run.RUNNING, Run.WAITING, Run.REFUSED, Run.DONE)


def run_states(entries: Collection[Entry]) -> dict[str, RunState]:
    """The run state of each card and each way between rules, and how many firings are in it.

    What an entry does not list follows from what it does: an event's conditions held, a branch without actions on the
    taken side did nothing, a fork's end is where the fork is. The keys may name cards that a chart does not have.
    """
    counts: dict[str, Counter[Run]] = {}
    by_id = {entry["id"]: entry for entry in entries}
    for entry in entries:
        for name, run in _steps(entry):
            counts.setdefault(f"rule:{entry['rule']}:{name}", Counter())[run] += 1
        run = RUNS.get(entry["status"], Run.WAITING)
        for source in _sources(entry, by_id.get(entry["cause"] or "")):
            counts.setdefault(way_key(source, f"rule:{entry['rule']}:when"), Counter())[run] += 1
    return {name: _loudest(counter) for name, counter in counts.items()}


def without_actions(states: Mapping[str, RunState], otherwise: Callable[[str], bool]) -> dict[str, RunState]:
    """The states without those of actions in rules that are drawn otherwise than they ran."""
    rules = {name.split(":", 2)[1] for name in states if name.startswith("rule:")}
    left_out = tuple(f"rule:{rule}:actions" for rule in rules if otherwise(rule))
    return {name: state for name, state in states.items() if not left_out or not name.startswith(left_out)}


def foretold_states(report: Mapping[str, Any]) -> dict[str, RunState]:
    """The same of a dry run's report, with the rules that would be refused or held."""
    stopped = [
        {"id": "", "rule": verdict["rule"], "cause": None, "status": status, "actions": []}
        for status, verdicts in (("refused", report["refusals"]), ("held", report["held"]))
        for verdict in verdicts
    ]
    return run_states([*report["firings"], *stopped])


def _steps(entry: Entry) -> Iterator[tuple[str, Run]]:
    """Every part of the rule that the firing came to, by path, with its state."""
    status = RUNS.get(entry["status"])
    if status is None:
        return
    yield "when", status
    held = Run.REFUSED if status is Run.REFUSED else Run.DONE
    yield "when.where", held
    yield "when.every", held
    listed = [action["path"] for action in entry["actions"]]
    for action in entry["actions"]:
        run = RUNS.get(action.get("status") or action.get("outcome", ""))
        if run is None:
            continue
        path = action["path"]
        yield path, run
        if action["type"] == "parallel" and run in (Run.DONE, Run.FAILED):
            yield f"{path}.end", run
        side = f"{path}.{action.get('taken')}"
        if action["type"] == "branch" and run is Run.DONE and not any(p.startswith(f"{side}[") for p in listed):
            yield side, Run.DONE


def _sources(entry: Entry, cause: Entry | None) -> Iterator[str]:
    """The cards of the causing firing that raised the entry's event: `ANYONE` for an event from outside.

    The engine names its events ``ts:<job>:…``, and those of a status ``ts:<firing>-<n>:…``.
    """
    if cause is None:
        return
    event = entry.get("event_id") or entry.get("event", {}).get("id", "")
    if not event.startswith("ts:"):
        yield ANYONE
        return
    name = event.split(":")[1]
    raised = [action for action in cause["actions"] if action.get("ref") == name]
    for action in raised or [action for action in cause["actions"] if action["type"] == "set_status"]:
        yield f"rule:{cause['rule']}:{action['path']}"


def _loudest(counter: Counter[Run]) -> RunState:
    run = next(run for run in _LOUDNESS if counter[run])
    return RunState(run, counter[run])

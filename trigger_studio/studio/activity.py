"""What the engine has done so far, as the panels show it: log, jobs, gates, audit, and the run states of the chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from trigger_studio.engine.ports import Gate
from trigger_studio.frozen import frozen
from trigger_studio.studio.chart.chart import RunState
from trigger_studio.studio.chart.run_states import run_states
from trigger_studio.studio.observable import Observable

if TYPE_CHECKING:
    from trigger_studio.services.halt_impact import Aftermath
    from trigger_studio.services.limits import Standing
    from trigger_studio.services.overview import News
    from trigger_studio.storage.engines import EngineSeen

Entry = dict[str, Any]

MOST_ENTRIES = 2000


@frozen
class Moved:
    """Which parts of the record changed."""

    log: bool = False
    jobs: bool = False
    gates: bool = False
    audit: bool = False
    engines: bool = False
    stopped: bool = False
    limits: bool = False


EVERYTHING = Moved(log=True, jobs=True, gates=True, audit=True, engines=True, limits=True)


class ActivityModel(Observable[Moved]):
    """The record, as far as it was read.

    Attributes:
        newest: the log's last record that was read.
        entries: by firing id, in the order of decision.
        stopped: what each halt stopped, by its scope and target.
    """

    def __init__(self) -> None:
        super().__init__()
        self.newest = 0
        self.entries: dict[str, Entry] = {}
        self.jobs: tuple[Entry, ...] = ()
        self.gates: tuple[Gate, ...] = ()
        self.audit: tuple[Entry, ...] = ()
        self.engines: tuple[EngineSeen, ...] = ()
        self.stopped: dict[tuple[str, str], Aftermath] = {}
        self.limits: tuple[Standing, ...] = ()

    def follow(self, watcher: Callable[[Moved], None]) -> None:
        """Call `watcher` for what has been read so far, and with every change from now on."""
        watcher(EVERYTHING)
        self.watch(watcher)

    def take(self, news: News) -> None:
        """Add what happened; nothing is told when nothing did."""
        log = bool(news.entries)
        stopped = {(halt.scope, halt.target): found for halt, found in zip(news.halts, news.stopped, strict=False)}
        for entry in news.entries:
            self.entries[entry["id"]] = entry
        self._relink(news.entries)
        for id in list(self.entries)[: max(0, len(self.entries) - MOST_ENTRIES)]:
            del self.entries[id]
        moved = Moved(
            log,
            self.jobs != news.jobs,
            self.gates != news.gates,
            self.audit != news.audit,
            self.engines != news.engines,
            self.stopped != stopped,
            self.limits != news.limits,
        )
        self.stopped, self.limits = stopped, news.limits
        self.newest, self.jobs, self.gates, self.audit = news.newest, news.jobs, news.gates, news.audit
        self.engines = news.engines
        if moved != Moved():
            self.emit(moved)

    def _relink(self, fresh: Iterable[Entry]) -> None:
        """An entry read before does not name what it has caused since."""
        for entry in fresh:
            cause = self.entries.get(entry["cause"] or "")
            if cause is not None and entry["id"] not in cause["caused"]:
                self.entries[cause["id"]] = {**cause, "caused": [*cause["caused"], entry["id"]]}

    def open_gates(self) -> list[Gate]:
        """Gates that wait for a person."""
        return [gate for gate in self.gates if gate.status == "waiting"]

    def held(self) -> list[Entry]:
        """Firings that a halt or a guard holds."""
        return [entry for entry in self.entries.values() if entry["status"] == "held"]

    def last_chain(self) -> str:
        """The chain that moved last, "" for none."""
        return next((entry["chain"] for entry in reversed(self.entries.values())), "")

    def states(self, chain: str) -> dict[str, RunState]:
        """The run states of the chart's cards in one chain."""
        return run_states([entry for entry in self.entries.values() if entry["chain"] == chain])

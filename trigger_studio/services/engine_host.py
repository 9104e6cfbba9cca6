"""Engines: one made for a run, and one in a thread of the window's process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from trigger_studio.engine.faults import Faults
from trigger_studio.engine.loop import Engine
from trigger_studio.engine.ports import Outbox
from trigger_studio.engine.state import Listener, State
from trigger_studio.errors import BadInput, Message, Replaced, allowed
from trigger_studio.services.session import Session
from trigger_studio.services.slots import Slot
from trigger_studio.storage.runtime import SqlStore

if TYPE_CHECKING:
    from trigger_studio.services.telemetry import Telemetry

log = logging.getLogger(__name__)


class SlottedEngine(Engine):
    """An engine that gives its slot back when it closes."""

    def __init__(self, slot: Slot, store: SqlStore, outbox: Callable[[], Outbox], **options: Any) -> None:
        super().__init__(store, outbox, **options)
        self._slot = slot

    def close(self) -> None:
        super().close()
        self._slot.release()


def make_engine(
    session: Session,
    *,
    farm: bool = False,
    until_idle: bool = False,
    fail: Collection[str] = (),
    farm_speed: float = 1.0,
    listener: Listener | None = None,
    telemetry: Telemetry | None = None,
) -> Engine:
    """An engine on the session's database.

    Args:
        farm: complete jobs by the profile.
        until_idle: on a virtual clock, for `run_until_idle`.
        fail: job types whose jobs fail on the simulated farm.
        farm_speed: how many times faster than the profile says.
        listener: told on the engine's thread of every change.
        telemetry: told of what it decides and sends.

    Raises:
        BadInput: `fail` names an unknown job type.
    """
    types = session.profile.job_types if fail else {}
    if unknown := [name for name in fail if name not in types]:
        raise BadInput(Message("unknown job type '{0}'; {1}", unknown[0], allowed(types, unknown[0])))
    slot = Slot()
    slot.note(session.database)
    store = SqlStore(session.database, session.cache, slot.executor_id)
    faults = Faults(telemetry.faulted if telemetry else None)
    return SlottedEngine(
        slot,
        store,
        lambda: _outbox(session, slot.executor_id, telemetry, faults),
        farm=farm,
        until_idle=until_idle,
        fail=fail,
        farm_speed=farm_speed,
        listener=listener,
        watcher=telemetry.decided if telemetry else None,
        faults=faults,
    )


def _outbox(session: Session, executor_id: str, telemetry: Telemetry | None, faults: Faults) -> Outbox:
    from trigger_studio.execution.egress import OutsideReader
    from trigger_studio.execution.notification import NotificationSender
    from trigger_studio.execution.outbox import DbosOutbox
    from trigger_studio.execution.sender import Sender
    from trigger_studio.execution.webhook import WebhookSender
    from trigger_studio.storage.deliveries import DeliveryStore

    url = session.database.url.render_as_string(hide_password=False)
    senders: dict[str, Sender] = {
        "webhook": WebhookSender(OutsideReader(session.database)),
        "notification": NotificationSender(),
    }
    watcher = telemetry.delivered if telemetry else None
    return DbosOutbox(url, executor_id, DeliveryStore(session.database), senders, watcher=watcher, faults=faults)


class EngineThread:
    """An engine in a thread of this process, on and off at will.

    Args:
        session: of its own database connections; safe to share, every use takes its own connection.
        farm_speed: how many times faster than the profile says the simulated farm works; None for no simulated farm.
        listener: told of every change, on the engine's thread.
        telemetry: told of what it decides and sends.
    """

    def __init__(
        self,
        session: Session,
        *,
        farm_speed: float | None = None,
        listener: Listener | None = None,
        telemetry: Telemetry | None = None,
    ) -> None:
        self._session = session
        self._farm_speed = farm_speed
        self._listener = listener
        self._telemetry = telemetry
        self._engine: Engine | None = None
        self._thread: threading.Thread | None = None
        self._off = threading.Event()
        self.state = State.STOPPED
        self.detail = ""

    def start(self) -> None:
        """Switch the engine on; nothing happens if it is on."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._off.clear()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Switch the engine off and wait for it; what it had under way goes on at the next start."""
        self._off.set()
        thread, engine = self._thread, self._engine
        if engine is not None:
            engine.stop()
        if thread is not None:
            thread.join(timeout_s)

    @property
    def tally(self) -> Any:
        """What the engine did since it was switched on, None while it is off."""
        return self._engine.tally if self._engine else None

    def lag_s(self) -> float:
        """How long the oldest event has waited; asks the database."""
        return SqlStore(self._session.database, self._session.cache, "").lag_s()

    def _run(self) -> None:
        try:
            self._engine = make_engine(
                self._session,
                farm=self._farm_speed is not None,
                farm_speed=self._farm_speed or 1.0,
                listener=self._tell,
                telemetry=self._telemetry,
            )
            if self._off.is_set():  # before there was an engine to tell
                self._engine.stop()
            self._engine.run()
        except Replaced as error:
            self._tell(State.FAILED, str(error))
        except Exception as error:  # a fault of ours must show in the window, not only in the log
            log.exception("the engine ended by a fault of ours")
            self._tell(State.FAILED, str(error))
        else:
            self._tell(State.STOPPED, "")
        finally:
            self._engine = None

    def _tell(self, state: State, detail: str) -> None:
        self.state, self.detail = state, detail
        if self._listener is not None:
            self._listener(state, detail)

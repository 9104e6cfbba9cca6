"""``halt``, as fast as it can be: the halt first, by the database's driver alone; then what is needed to report on it.

Most of the time between the call and the commit would go into loading what only other commands, and the report, need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.decide.halts import Scope
from trigger_studio.errors import BadInput
from trigger_studio.frozen import frozen

if TYPE_CHECKING:
    from trigger_studio.services.session import Session
    from trigger_studio.storage.halts import Halt

_VALUES: Final = ("--db", "--reason", "--project", "--rule", "--chain")
_FLAGS: Final = ("--json", "--cancel", "--force")
_SCOPES: Final[tuple[Scope, ...]] = ("project", "rule", "chain")


@frozen
class Stop:
    """What to halt. `cancel`: a chain's open jobs fail; `force`: the project or rule need not be known."""

    scope: Scope
    target: str
    reason: str
    cancel: bool = False
    force: bool = False


def asked(arguments: Sequence[str]) -> tuple[CliContext, Stop] | None:
    """The halt that the arguments ask for, if they are plain ones. None for any others: the commands tell."""
    if "halt" not in arguments:
        return None
    given: dict[str, str] = {}
    rest = [*arguments]
    while rest:
        name = rest.pop(0)
        value = rest.pop(0) if name in _VALUES and rest else ""
        plain = name in ("halt", *_FLAGS) or (name in _VALUES and value and not value.startswith("-"))
        if not plain or name in given:
            return None
        given[name] = value
    named = [(scope, given[f"--{scope}"]) for scope in _SCOPES if f"--{scope}" in given]
    if "halt" not in given or "--reason" not in given or len(named) > 1:
        return None
    scope, target = named[0] if named else ("all", "")
    stop = Stop(scope, target, given["--reason"], cancel="--cancel" in given, force="--force" in given)
    return CliContext(given.get("--db"), None, "--json" in given), stop


def halt(place: CliContext, stop: Stop) -> None:
    """Halt, and report what that stopped and what goes on all the same."""
    if stop.cancel and stop.scope != "chain":
        raise BadInput("--cancel goes with --chain: it fails the open jobs of one chain")
    made = _at_once(place.url, stop)
    if made is not None and not place.json:
        _say(made)
    with place.writing() as session:
        if made is None:
            from trigger_studio.services import controls

            made = controls.halt(session, stop.scope, stop.target, stop.reason, force=stop.force)
            if not place.json:
                _say(made)
        _report(place, session, stop)


def _at_once(url: str, stop: Stop) -> Halt | None:
    """The halt, committed; None where the database is not as it usually is, and nothing was done."""
    from trigger_studio.services import halting
    from trigger_studio.services.actors import local_user
    from trigger_studio.storage import bare

    try:
        with bare.opened(url) as database:
            halting.check(database.fetch, stop.scope, stop.target, stop.reason, force=stop.force)
            with database.writing():
                sqlite, by = database.sqlite, local_user()
                return halting.put(database.fetch, stop.scope, stop.target, stop.reason, by=by, sqlite=sqlite)
    except bare.NotNow:
        return None


def _say(made: Halt) -> None:
    output.say(f"Halted {made.label}: {output.sentence(made.reason)} Rules that match are held until 'resume'.")


def _report(place: CliContext, session: Session, stop: Stop) -> None:
    from trigger_studio.cli import halt_report
    from trigger_studio.model.counting import count
    from trigger_studio.services import chains, halt_impact

    cancelled = chains.cancel(session, stop.target) if stop.cancel else 0
    found = halt_impact.aftermath(session, stop.scope, stop.target)
    if place.json:
        done = {"cancelled": cancelled} if stop.cancel else {}
        output.write_json({"halts": halt_report.documents(session), "report": asdict(found), **done})
        return
    if stop.cancel:
        output.show(f"  cancelled: {count(cancelled, 'open job')}; what follows from the failure is held")
    for line in halt_report.stopped(found):
        output.show(line)

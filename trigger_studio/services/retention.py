"""How long finished chains stay where every decision reads, and archiving at once what is older."""

from __future__ import annotations

from trigger_studio.errors import BadInput, Message
from trigger_studio.model.counting import count
from trigger_studio.services.session import Session
from trigger_studio.storage import archive, settings

LEAST_DAYS, MOST_DAYS = 1.0, 36_500.0


def days(session: Session) -> float | None:
    """After how many days finished chains are archived; None for never."""
    with session.database.read() as connection:
        value = settings.get(connection, archive.SETTING)
    return None if value is None else float(value)


def keep(session: Session, days: float | None) -> None:
    """Have the engines archive finished chains after so many days, or never.

    Raises:
        BadInput: less than a day, or more than a hundred years.
    """
    if days is not None:
        _check(days)
    with session.audited("retention", "database", days=days) as connection:
        settings.put(connection, archive.SETTING, days, at=session.now(), by=session.actor)


def archive_now(session: Session, days: float) -> int:
    """Archive finished chains older than so many days, in small transactions. Returns the number of their events.

    Raises:
        BadInput: less than a day, or more than a hundred years.
    """
    _check(days)
    with session.database.read() as connection:
        old = archive.horizon(connection, session.now() - days * 86400)
    count, after = 0, None if old is None else 0
    while old is not None and after is not None:
        with session.database.write() as connection:
            moved, after = archive.move(connection, old, after, session.now())
        count += moved
    return count


def _check(days: float) -> None:
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise BadInput(
            Message("{0} cannot be; allowed: {1} to {2}", count(days, "day"), f"{LEAST_DAYS:g}", f"{MOST_DAYS:,.0f}")
        )

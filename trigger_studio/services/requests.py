"""A request that comes again is carried out once: its key commits with what it does, and with the answer."""

from __future__ import annotations

from collections.abc import Callable

from trigger_studio.errors import Refused
from trigger_studio.services.session import Session
from trigger_studio.storage import request_keys
from trigger_studio.storage.one_transaction import OneTransaction
from trigger_studio.storage.request_keys import Kept

Work = Callable[[Session], Kept]


class KeyReused(Refused):
    """The key came with another request before."""

    code = "key-reused"


class Undone(Exception):
    """Raised by the work: what it did is undone, and this is the answer all the same."""

    def __init__(self, answer: Kept) -> None:
        super().__init__()
        self.answer = answer


def once(session: Session, key: str, fingerprint: str, work: Work) -> tuple[Kept, bool]:
    """Carry out a request, or say again what was answered to it.

    Args:
        key: the caller's, for `request_keys.KEPT_S`.
        fingerprint: of the whole request.
        work: carries it out in the session that it is given, whose writes are one transaction.

    Returns:
        The answer, and whether it is one of before.

    Raises:
        KeyReused: the key came with another request.
    """
    database, owner = session.database, session.actor
    with database.write() as connection:
        kept = request_keys.claim(connection, owner, key, fingerprint, session.now())
        if kept is not None:
            if kept.fingerprint != fingerprint:
                raise KeyReused(f"the key '{key}' came with another request before; take a new one")
            return kept, True
        try:
            with connection.begin_nested():
                answer = work(session.acting_as(session.acting, OneTransaction(database, connection)))
        except Undone as undone:
            answer = undone.answer
        request_keys.keep(connection, owner, key, answer)
    return answer, False

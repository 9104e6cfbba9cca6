"""What a sender is: the one place of a kind of delivery that knows how it leaves this machine."""

from __future__ import annotations

from typing import Any, Protocol

from trigger_studio.model.delivery import Delivery


class SendFailed(Exception):
    """A try failed for a reason worth telling.

    Attributes:
        retry_after_s: the other side asked for this pause.
        final: another try cannot help, e.g. no mail server is set.
    """

    def __init__(self, reason: str, retry_after_s: float | None = None, final: bool = False) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s
        self.final = final


class Sender(Protocol):
    """Sends deliveries of one kind. Every method runs on the one event loop of the outbox."""

    def target(self, delivery: Delivery) -> str:
        """Whom it goes to, coarsely: one target's trouble must not hold up another's deliveries."""

    async def send(self, delivery: Delivery) -> dict[str, Any]:
        """Send it once and return what the other side answered.

        Raises:
            SendFailed: it was not accepted.
        """

    async def close(self) -> None:
        """Let go of connections; the next `send` opens new ones."""

"""`send_notification`: the channel ``email`` by our mail server, every other by Apprise."""

from __future__ import annotations

from typing import Any

from trigger_studio.execution.chat import ChatSender
from trigger_studio.execution.mail import MailSender
from trigger_studio.execution.sender import Sender
from trigger_studio.model.delivery import Delivery

EMAIL = "email"


class NotificationSender:
    """Sends each notification by its channel's way."""

    def __init__(self) -> None:
        self._mail, self._chat = MailSender(), ChatSender()

    def target(self, delivery: Delivery) -> str:
        """The mail server, or the channel."""
        return self._sender(delivery).target(delivery)

    async def send(self, delivery: Delivery) -> dict[str, Any]:
        """Send one message; see `Sender.send`."""
        return await self._sender(delivery).send(delivery)

    async def close(self) -> None:
        """Let go of what either way holds."""
        await self._mail.close()
        await self._chat.close()

    def _sender(self, delivery: Delivery) -> Sender:
        return self._mail if delivery.request.get("channel") == EMAIL else self._chat

"""`send_notification` by mail: one message a try, over SMTP.

By a library of its own: Apprise neither tells why a message was refused nor keeps its Message-ID over a retry.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote, urlsplit

import aiosmtplib

from trigger_studio.execution import secrets
from trigger_studio.execution.sender import SendFailed
from trigger_studio.frozen import frozen
from trigger_studio.model.delivery import Delivery

SERVER_VARIABLE = "TRIGGER_STUDIO_SMTP"
FROM_VARIABLE = "TRIGGER_STUDIO_MAIL_FROM"
PASSWORD_SECRET = "smtp"
PAUSE_TIMEOUT_S = 15.0
"""For connecting, and for each answer of the server."""
TIMEOUT_S = 30.0
_SUBJECT_CHARS = 120


@frozen
class MailServer:
    """Where mail goes out. `tls`: encrypted from the first byte (``smtps://``), else STARTTLS where it is offered."""

    host: str
    port: int
    tls: bool
    user: str | None
    sender: str


class MailSender:
    """Sends notifications of the channel ``email`` through the server that the environment names.

    ``TRIGGER_STUDIO_SMTP`` is ``smtp://user@host:port`` or ``smtps://…``, the password is the secret ``smtp``,
    ``TRIGGER_STUDIO_MAIL_FROM`` the sender. A message counts as sent when the server takes it for at least one
    of the recipients; those it refused are in the result.
    """

    def target(self, delivery: Delivery) -> str:
        """There is one mail server."""
        return "mail"

    async def send(self, delivery: Delivery) -> dict[str, Any]:
        """Hand one message to the mail server; see `Sender.send`."""
        server = mail_server()
        message = compose(delivery, server.sender)
        password = await asyncio.to_thread(_password, server)
        try:
            async with asyncio.timeout(TIMEOUT_S):
                refused = await self._hand_over(server, password, message)
        except TimeoutError:
            raise SendFailed(f"the mail server {server.host}:{server.port} took longer than {TIMEOUT_S:g} s") from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise SendFailed(f"the mail server {server.host}:{server.port}: {error}", final=_is_final(error)) from None
        return {"refused": refused} if refused else {}

    async def close(self) -> None:
        """Nothing is held between two messages."""

    async def _hand_over(self, server: MailServer, password: str | None, message: EmailMessage) -> dict[str, str]:
        client = aiosmtplib.SMTP(hostname=server.host, port=server.port, use_tls=server.tls, timeout=PAUSE_TIMEOUT_S)
        async with client:
            if password is not None:
                if client.get_transport_info("sslcontext") is None and not _is_loopback(server.host):
                    raise SendFailed(f"the mail server {server.host} offers no encryption to log in by", final=True)
                await client.login(server.user or "", password)
            refused, _answer = await client.send_message(message)
        return {address: f"{reply.code} {reply.message}" for address, reply in refused.items()}


def mail_server() -> MailServer:
    """The mail server that the environment names.

    Raises:
        SendFailed: none is named, or what names it cannot be read.
    """
    text, sender = os.environ.get(SERVER_VARIABLE, ""), os.environ.get(FROM_VARIABLE, "")
    if not text:
        raise SendFailed(f"no mail server is set: {SERVER_VARIABLE}=smtp://user@host:port", final=True)
    if not sender:
        raise SendFailed(f"no sender is set: {FROM_VARIABLE}=studio@example.org", final=True)
    try:
        url = urlsplit(text)
        host, port = url.hostname, url.port
    except ValueError:
        host, port = None, None
    if not host or url.scheme not in ("smtp", "smtps") or url.password is not None:
        raise SendFailed(
            f"{SERVER_VARIABLE} cannot be read; allowed: smtp://user@host:port or smtps://user@host:port, "
            f"with the password in the secret '{PASSWORD_SECRET}'",
            final=True,
        )
    tls = url.scheme == "smtps"
    user = unquote(url.username) if url.username else None
    return MailServer(host, port or (465 if tls else 587 if user else 25), tls, user, sender)


def compose(delivery: Delivery, sender: str) -> EmailMessage:
    """The message: its first line is the subject too; its Message-ID stays the same over every retry.

    Raises:
        SendFailed: an address or text that no mail can carry.
    """
    text = str(delivery.request.get("message", ""))
    recipients: Sequence[str] = delivery.request.get("to") or ()
    if not recipients:
        raise SendFailed("the message has no recipient", final=True)
    message = EmailMessage()
    try:
        message["From"] = sender
        message["To"] = ", ".join(recipients)
        message["Subject"] = (text.strip().splitlines() or ["Trigger Studio"])[0][:_SUBJECT_CHARS]
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{delivery.id}@trigger-studio>"
        message["X-Trigger-Studio-Firing"] = delivery.firing_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
    except (ValueError, IndexError) as error:
        raise SendFailed(f"the message cannot be written: {error}", final=True) from None
    return message


def _is_final(error: Exception) -> bool:
    """Whether the server means it for good: 5xx, to every recipient (RFC 5321, 4.2.1)."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(_is_final(refused) for refused in error.recipients)
    return isinstance(error, aiosmtplib.SMTPResponseException) and 500 <= error.code < 600


def _password(server: MailServer) -> str | None:
    return None if server.user is None else secrets.resolve(PASSWORD_SECRET)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

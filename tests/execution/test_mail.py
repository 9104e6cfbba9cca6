"""One message, one try."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from tests.execution.rows import loaded, mail
from tests.support.sinks import MailSink
from trigger_studio.execution.mail import MailSender, mail_server
from trigger_studio.execution.sender import SendFailed


def send(**request: Any) -> dict[str, Any]:
    return asyncio.run(MailSender().send(loaded(mail(**request))))


def refusal(**request: Any) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        send(**request)
    return caught.value


@pytest.fixture(autouse=True)
def _server(mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", f"smtp://{mail_sink.host}:{mail_sink.port}")
    monkeypatch.setenv("TRIGGER_STUDIO_MAIL_FROM", "Studio <studio@example.org>")


def test_a_message_arrives(mail_sink: MailSink) -> None:
    text = "Mira's hero variant is fertig: schön.\nPlease look.\n"
    assert send(to=["lead@example.org", "second@example.org"], message=text) == {}
    (found,) = mail_sink.messages.all()
    message = found.message
    assert (found.sender, found.recipients) == ("studio@example.org", ("lead@example.org", "second@example.org"))
    number = str(message["Message-ID"]).split("-")[1]
    assert message["Message-ID"] == f"<dlv-{number}-0-0@trigger-studio>"
    assert message["X-Trigger-Studio-Firing"] == f"f{number}-0"
    assert message.get_payload(decode=True).decode().replace("\r\n", "\n") == text  # type: ignore[union-attr]


@pytest.mark.parametrize(("reply", "final"), [("451 try later", False), ("554 no", True)])
def test_a_refused_message_is_tried_again_unless_the_server_means_it(
    mail_sink: MailSink, reply: str, final: bool
) -> None:
    mail_sink.reply(reply)
    failure = refusal()
    assert failure.final is final
    assert reply[4:] in str(failure)


@pytest.mark.parametrize(
    ("replies", "final"), [(["550 unknown", "550 unknown"], True), (["550 unknown", "450 busy"], False)]
)
def test_all_recipients_refused(mail_sink: MailSink, replies: list[str], final: bool) -> None:
    mail_sink.reply_recipients(*replies)
    failure = refusal(to=["a@example.org", "b@example.org"])
    assert failure.final is final
    assert mail_sink.messages.all() == []


def test_some_recipients_refused(mail_sink: MailSink) -> None:
    mail_sink.reply_recipients("550 unknown")
    assert send(to=["a@example.org", "b@example.org"]) == {"refused": {"a@example.org": "550 unknown"}}
    assert [found.recipients for found in mail_sink.messages.all()] == [("b@example.org",)]


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        monkeypatch.setenv("TRIGGER_STUDIO_SMTP", f"smtp://127.0.0.1:{port}")
        failure = refusal()
    assert not failure.final
    assert f"127.0.0.1:{port}" in str(failure)


def test_headers_cannot_be_smuggled_in(mail_sink: MailSink) -> None:
    failure = refusal(to=["lead@example.org\r\nBcc: all@example.org"])
    assert failure.final
    assert mail_sink.messages.all() == []


@pytest.mark.parametrize(
    ("server", "sender", "says"),
    [
        ("", "a@b.c", "no mail server is set"),
        ("smtp://mail", "", "no sender is set"),
        ("mail:25", "a@b.c", "cannot be read"),
        ("smtp://u:secret@mail", "a@b.c", "cannot be read"),
        ("smtp://mail:port", "a@b.c", "cannot be read"),
    ],
)
def test_a_missing_or_unreadable_setting(monkeypatch: pytest.MonkeyPatch, server: str, sender: str, says: str) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", server)
    monkeypatch.setenv("TRIGGER_STUDIO_MAIL_FROM", sender)
    failure = refusal()
    assert failure.final
    assert says in str(failure)
    assert "secret@" not in str(failure)


@pytest.mark.parametrize(
    ("server", "port", "tls"),
    [("smtp://mail", 25, False), ("smtp://me@mail", 587, False), ("smtps://me@mail", 465, True)],
)
def test_usual_ports(monkeypatch: pytest.MonkeyPatch, server: str, port: int, tls: bool) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", server)
    found = mail_server()
    assert (found.port, found.tls) == (port, tls)

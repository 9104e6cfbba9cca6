"""Channels by Apprise: one message, one try, against a real web server and a real mail server."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import orjson
import pytest

from tests.execution.rows import loaded, mail
from tests.support.sinks import Answer, HttpSink, MailSink
from trigger_studio.execution.chat import ChatSender
from trigger_studio.execution.notification import NotificationSender
from trigger_studio.execution.sender import SendFailed

TOKEN = "tok3n-nobody-may-see"


def send(*messages: dict[str, Any], sender: ChatSender | None = None) -> list[Any]:
    """What became of messages to the channel `team`, one after the other."""

    async def run() -> list[Any]:
        chat = sender or ChatSender()
        try:
            return [await _outcome(chat, message) for message in messages or ({},)]
        finally:
            await chat.close()

    return asyncio.run(run())


async def _outcome(chat: ChatSender, message: dict[str, Any]) -> Any:
    try:
        return await chat.send(loaded(mail(**{"channel": "team", **message})))
    except SendFailed as failure:
        return failure


@pytest.fixture
def address(http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch) -> str:
    """The channel's address: our web server's."""
    address = f"{http_sink.url.replace('http', 'json')}/{TOKEN}"
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_CHANNEL_TEAM", address)
    return address


def test_messages_arrive(http_sink: HttpSink, address: str) -> None:
    two_lines = {"message": "Mira ist fertig: schön.\nBitte ansehen.", "to": ["lead", "sound"]}
    assert send(two_lines, {"message": "s1"}) == [{}, {}]
    first, second = http_sink.requests.all()
    body = orjson.loads(first.body)
    number = first.headers["idempotency-key"].split("-")[1]
    assert body["title"] == "Mira ist fertig: schön."
    assert body["message"] == f"Bitte ansehen.\n\nFor lead, sound\n\nTrigger Studio, f{number}-0"
    assert first.headers["trigger-studio-firing"] == f"f{number}-0"
    assert orjson.loads(second.body)["title"] == "s1"


def test_answers_that_stay_are_final_and_others_are_not(http_sink: HttpSink, address: str) -> None:
    statuses = [404, 400, 302, 429, 500, 503]
    http_sink.answer(*(Answer(status, {"Location": f"{http_sink.url}/elsewhere"}) for status in statuses))
    outcomes = send(*[{}] * len(statuses))
    assert [outcome.final for outcome in outcomes] == [True, True, True, False, False, False]
    assert [f"answered {status}" in str(outcome) for status, outcome in zip(statuses, outcomes, strict=True)] == [
        True
    ] * len(statuses)
    assert TOKEN not in "".join(map(str, outcomes))
    assert len(http_sink.requests.all()) == len(statuses)


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"json://127.0.0.1:{free.getsockname()[1]}/{TOKEN}"
        monkeypatch.setenv("TRIGGER_STUDIO_SECRET_CHANNEL_TEAM", address)
        (failure,) = send()
    assert not failure.final
    assert str(failure) == "the service of channel 'team' did not answer, or did not take the message"


@pytest.fixture
def dripping() -> Iterator[str]:
    """A web server whose answer never ends."""
    over = threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")
            while not over.wait(0.05):
                try:
                    connection.send(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    over.set()
    thread.join()
    listening.close()


def test_a_message_that_takes_too_long_is_given_up_and_the_next_one_goes(
    dripping: str, http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_CHANNEL_TEAM", f"json://{dripping}/")
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_CHANNEL_OTHER", http_sink.url.replace("http", "json"))
    chat = ChatSender(total_timeout_s=3)
    (slow,) = send(sender=chat)
    assert not slow.final
    assert str(slow) == "channel 'team' took longer than 3 s"
    chat._total_timeout_s = 60
    assert send({"channel": "other"}, sender=chat) == [{}]


def test_a_channel_that_nobody_set_up(http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_HOOK_KEY", f"json://127.0.0.1/{TOKEN}")
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_CHANNEL_WRONG", TOKEN)
    unset, other, wrong = send({}, {"channel": "hook-key"}, {"channel": "wrong"})
    assert [failure.final for failure in (unset, other, wrong)] == [True] * 3
    assert "TRIGGER_STUDIO_SECRET_CHANNEL_TEAM" in str(unset)
    assert "the secret 'channel-hook-key' is not set" in str(other)
    assert str(wrong) == "the secret 'channel-wrong' holds no address that Apprise knows"


def test_mail_by_a_service_address(mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"mailto://{mail_sink.host}:{mail_sink.port}/?from=studio@example.org&to=lead@example.org"
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_CHANNEL_TEAM", address)
    assert send({"message": "s1 is ready"}) == [{}]
    (found,) = mail_sink.messages.all()
    assert found.recipients == ("lead@example.org",)
    assert str(found.message["Subject"]) == "s1 is ready"


def test_each_channel_goes_its_own_way(
    http_sink: HttpSink, mail_sink: MailSink, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SMTP", f"smtp://{mail_sink.host}:{mail_sink.port}")
    monkeypatch.setenv("TRIGGER_STUDIO_MAIL_FROM", "studio@example.org")

    async def both() -> None:
        sender = NotificationSender()
        try:
            for message in (mail(), mail(channel="team")):
                await sender.send(loaded(message))
            assert [sender.target(loaded(mail(channel=name))) for name in ("email", "team")] == ["mail", "team"]
        finally:
            await sender.close()

    asyncio.run(both())
    assert (len(mail_sink.messages.all()), len(http_sink.requests.all())) == (1, 1)


def test_apprise_stays_out_of_the_engine(http_sink: HttpSink, address: str) -> None:
    import sys

    assert send() == [{}]
    assert "apprise" not in sys.modules

"""Real receivers on loopback for what the engine sends, webhooks and mail. They record everything."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Generic, TypeVar

from aiosmtpd.smtp import SMTP

T = TypeVar("T")


class Inbox(Generic[T]):
    """What has arrived so far, safe to read from any thread."""

    def __init__(self) -> None:
        self._items: list[T] = []
        self._changed = threading.Condition()

    def add(self, item: T) -> None:
        with self._changed:
            self._items.append(item)
            self._changed.notify_all()

    def all(self) -> list[T]:
        with self._changed:
            return list(self._items)

    def wait_for(self, count: int, *, timeout_s: float = 10.0) -> list[T]:
        """Everything that arrived, once there are `count` of them.

        Raises:
            TimeoutError: fewer had arrived after `timeout_s` seconds.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._items) >= count, timeout_s):
                raise TimeoutError(f"{len(self._items)} of {count} arrived within {timeout_s} s")
            return list(self._items)


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as received. Header names are in lower case; `at` is monotonic seconds."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Answer:
    """How one request is answered.

    Attributes:
        status: HTTP status; 0 closes the connection without any answer.
        delay_s: seconds to wait before answering.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay_s: float = 0.0


class HttpSink:
    """A web server that records requests and answers them as told, 200 when told nothing."""

    def __init__(self) -> None:
        self.requests: Inbox[Request] = Inbox()
        self._answers: deque[Answer] = deque()
        self._default = Answer()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="http-sink")
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, *answers: Answer, default: Answer | None = None) -> None:
        """Puts answers in line for the next requests; `default` is for all that follow."""
        self._answers.extend(answers)
        self._default = default or self._default

    def next_answer(self) -> Answer:
        try:
            return self._answers.popleft()
        except IndexError:
            return self._default

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler_for(sink: HttpSink) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            sink.requests.add(Request(self.command, self.path, headers, body, time.monotonic()))
            answer = sink.next_answer()
            time.sleep(answer.delay_s)
            if answer.status == 0:
                self.close_connection = True
                return
            self.send_response(answer.status)
            for name, value in {**answer.headers, "content-length": str(len(answer.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        def log_message(self, format: str, *args: Any) -> None:
            """Requests are recorded, not printed."""

    return Handler


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as received, with its envelope."""

    sender: str
    recipients: tuple[str, ...]
    message: Message


class MailSink:
    """An SMTP server that records messages; replies can be put in line, accepted when there are none."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.messages: Inbox[Mail] = Inbox()
        self.port = 0
        self._replies: deque[str] = deque()
        self._recipient_replies: deque[str] = deque()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="mail-sink")
        self._thread.start()
        self._ready.wait()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = await self._loop.create_server(lambda: SMTP(self, hostname="sink", loop=self._loop), self.host, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()

    def reply(self, *replies: str) -> None:
        """Puts replies to whole messages in line, such as ``"451 try later"``; a message so refused is not recorded."""
        self._replies.extend(replies)

    def reply_recipients(self, *replies: str) -> None:
        """Puts replies to single recipients in line; those so refused do not get the message."""
        self._recipient_replies.extend(replies)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        reply = self._recipient_replies.popleft() if self._recipient_replies else "250 accepted"
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        reply = self._replies.popleft() if self._replies else "250 accepted"
        if reply.startswith("2"):
            mail = Mail(envelope.mail_from, tuple(envelope.rcpt_tos), message_from_bytes(envelope.content))
            self.messages.add(mail)
        return reply

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

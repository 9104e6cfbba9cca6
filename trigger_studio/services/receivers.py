"""Receivers for the demonstration: its mails and webhooks are really sent, and end on this machine.

The mail server speaks the few words of SMTP (RFC 5321) that a client needs who neither logs in nor encrypts.
"""

from __future__ import annotations

import email
import email.policy
import os
import secrets
import socketserver
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from trigger_studio.execution import mail
from trigger_studio.execution.secrets import variable
from trigger_studio.frozen import frozen

MAX_BYTES = 1 << 20


@frozen
class Received:
    """Something that the pipeline sent.

    Attributes:
        kind: ``mail`` or ``webhook``.
        to: the recipients, or the path that was called.
        text: the message, or the body.
        firing: id of the firing that sent it.
    """

    kind: str
    to: str
    text: str
    firing: str


class Receivers:
    """A web server and a mail server on loopback, and the environment that sends everything to them.

    Args:
        secret_names: what webhooks are signed with; each gets a value that nobody knows.
    """

    def __init__(self, secret_names: tuple[str, ...] = ()) -> None:
        self.received: list[Received] = []
        self._web = ThreadingHTTPServer(("127.0.0.1", 0), _web_handler(self.received.append))
        self._mail = _MailServer(("127.0.0.1", 0), _mail_handler(self.received.append))
        self._variables = {
            mail.SERVER_VARIABLE: f"smtp://127.0.0.1:{self._mail.server_address[1]}",
            mail.FROM_VARIABLE: "studio@example.org",
            **{variable(name): secrets.token_hex(16) for name in secret_names},
        }

    @property
    def url(self) -> str:
        """Where the web server answers."""
        return f"http://127.0.0.1:{self._web.server_port}"

    def __enter__(self) -> Receivers:
        for server in (self._web, self._mail):
            threading.Thread(target=server.serve_forever, args=(0.05,), name="receiver", daemon=True).start()
        self._before = {name: os.environ.get(name) for name in self._variables}
        os.environ.update(self._variables)
        return self

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        for server in (self._web, self._mail):
            server.shutdown()
            server.server_close()


Keep = Callable[[Received], None]


def _web_handler(keep: Keep) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Takes whatever is sent, by any method, and answers 204."""

        def handle_any(self) -> None:
            body = self.rfile.read(min(int(self.headers.get("content-length", 0)), MAX_BYTES))
            firing = self.headers.get("trigger-studio-firing", "")
            keep(Received("webhook", self.path, body.decode("utf-8", "replace"), firing))
            self.send_response(204)
            self.end_headers()

        do_POST = do_PUT = do_GET = do_PATCH = do_DELETE = handle_any

        def log_message(self, format: str, *args: Any) -> None:
            """What came is kept, not printed."""

    return Handler


class _MailServer(socketserver.ThreadingTCPServer):
    """Ends with the process, whatever its connections do."""

    daemon_threads = True


def _mail_handler(keep: Keep) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        """One conversation in as much SMTP as a message takes."""

        def handle(self) -> None:
            self.say("220 demonstration")
            while line := self.rfile.readline(MAX_BYTES):
                verb = line[:4].upper().strip()
                if verb == b"DATA":
                    self.say("354 go on")
                    self.take()
                elif verb == b"QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode("ascii"))

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline(MAX_BYTES)) and line != b".\r\n":
                lines.append(line.removeprefix(b"."))
            message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
            text = str(message.get_content()).strip()
            keep(Received("mail", str(message["To"]), text, str(message["X-Trigger-Studio-Firing"] or "")))
            self.say("250 accepted")

    return Handler

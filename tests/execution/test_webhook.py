"""One webhook, one try: what goes out and how the answer is read."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import keyring.backends.null
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from standardwebhooks import Webhook

from tests.execution.rows import loaded, webhook
from tests.support.sinks import Answer, HttpSink
from trigger_studio.execution.egress import EgressPolicy
from trigger_studio.execution.sender import SendFailed
from trigger_studio.execution.webhook import BODY_MAX_BYTES, WebhookSender

SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


LOOPBACK = EgressPolicy(networks=("127.0.0.0/8", "::1/128"))


def send(url: str, timeout_s: float = 20, outside: EgressPolicy = LOOPBACK, **request: Any) -> dict[str, Any]:
    async def allowed() -> EgressPolicy:
        return outside

    async def once() -> dict[str, Any]:
        sender = WebhookSender(allowed, timeout_s)
        try:
            return await sender.send(loaded(webhook(url, **request)))
        finally:
            await sender.close()

    return asyncio.run(once())


def refusal(url: str, timeout_s: float = 20, outside: EgressPolicy = LOOPBACK, **request: Any) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        send(url, timeout_s, outside, **request)
    return caught.value


def self_signed(certificate: Path, key: Path) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    built = x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
    built = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate.write_bytes(built.sign(private, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    key.write_bytes(pem)


def test_what_goes_out(http_sink: HttpSink) -> None:
    assert send(f"{http_sink.url}/hook?a=1", method="PUT", body={"id": "evt-1", "ß": [1, None]}) == {"status": 200}
    (request,) = http_sink.requests.all()
    assert (request.method, request.path, request.body) == ("PUT", "/hook?a=1", '{"id":"evt-1","ß":[1,null]}'.encode())
    assert request.headers["content-type"] == "application/json"
    assert request.headers["user-agent"].startswith("trigger-studio/")
    number = request.headers["idempotency-key"].split("-")[1]
    assert request.headers["trigger-studio-firing"] == f"f{number}-0"
    assert "webhook-signature" not in request.headers


def test_no_body(http_sink: HttpSink) -> None:
    send(http_sink.url, method="GET", body=None)
    (request,) = http_sink.requests.all()
    assert (request.method, request.body, request.headers.get("content-type")) == ("GET", b"", None)


def test_the_signature_is_what_the_standard_asks(http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_HOOK_KEY_2", SECRET)
    send(http_sink.url, secret="hook-key.2", body={"ü": 1})
    (request,) = http_sink.requests.all()
    assert Webhook(SECRET).verify(request.body, dict(request.headers)) == {"ü": 1}
    assert request.headers["webhook-id"] == request.headers["idempotency-key"]


def test_a_secret_that_is_no_base64_is_used_as_it_stands(http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIGGER_STUDIO_SECRET_PLAIN", "open sesame!")
    send(http_sink.url, secret="plain")
    (request,) = http_sink.requests.all()
    Webhook(b"open sesame!").verify(request.body, dict(request.headers))


def test_a_secret_from_the_key_ring(http_sink: HttpSink, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ring(keyring.backends.null.Keyring):
        def get_password(self, service: Any, username: Any, password: Any = None) -> Any:
            return SECRET if (service, username) == ("trigger-studio", "hook-key") else None

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())  # type: ignore[no-untyped-call]
    try:
        send(http_sink.url, secret="hook-key")
        missing = refusal(http_sink.url, secret="other")
    finally:
        keyring.set_keyring(before)
    Webhook(SECRET).verify(http_sink.requests.all()[0].body, dict(http_sink.requests.all()[0].headers))
    assert missing.final
    assert "TRIGGER_STUDIO_SECRET_OTHER" in str(missing)


@pytest.mark.parametrize("url", ["ftp://example.org/x", "example.org", "http://", "file:///etc/passwd", ""])
def test_no_address(url: str) -> None:
    failure = refusal(url)
    assert failure.final
    assert "allowed: http:// and https://" in str(failure)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(http_sink: HttpSink, status: int) -> None:
    http_sink.answer(Answer(status, {"Location": f"{http_sink.url}/elsewhere"}))
    failure = refusal(http_sink.url)
    assert "redirects are not followed" in str(failure)
    assert failure.final
    assert len(http_sink.requests.all()) == 1


def test_what_the_receiver_says_is_kept_short(http_sink: HttpSink) -> None:
    http_sink.answer(Answer(429, {"Retry-After": "9"}, b"slow\ndown " * 99))
    failure = refusal(http_sink.url)
    assert str(failure).startswith("answered 429 Too Many Requests: slow down slow")
    assert len(str(failure)) < 300
    assert failure.retry_after_s == 9


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 422, 304])
def test_an_answer_that_will_stay_the_same_is_final(http_sink: HttpSink, status: int) -> None:
    http_sink.answer(Answer(status))
    assert refusal(http_sink.url).final


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_an_answer_that_may_change_is_not(http_sink: HttpSink, status: int) -> None:
    http_sink.answer(Answer(status, {"Retry-After": "7"}))
    failure = refusal(http_sink.url)
    assert (failure.final, failure.retry_after_s) == (False, 7)


def test_a_body_too_large_for_anyone(http_sink: HttpSink) -> None:
    failure = refusal(http_sink.url, body="x" * BODY_MAX_BYTES)
    assert failure.final
    assert f"allowed: {BODY_MAX_BYTES}" in str(failure)
    assert http_sink.requests.all() == []


def test_a_connection_closed_without_an_answer(http_sink: HttpSink) -> None:
    http_sink.answer(Answer(0))
    failure = refusal(http_sink.url)
    assert "RemoteProtocolError" in str(failure)
    assert not failure.final


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    self_signed(certificate, key)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    sink = HttpSink()
    try:
        sink._server.socket = context.wrap_socket(sink._server.socket, server_side=True)
        failure = refusal(sink.url.replace("http://127.0.0.1", "https://localhost"))
    finally:
        sink.close()
    assert "CERTIFICATE_VERIFY_FAILED" in str(failure)
    assert not failure.final
    assert sink.requests.all() == []


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        failure = refusal(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert "ConnectError" in str(failure)
    assert not failure.final


@pytest.fixture
def endless() -> Iterator[tuple[str, list[int], threading.Event]]:
    """A server whose answers do not end: (address, [bytes sent], set to make it drip)."""
    drip, sent, over = threading.Event(), [0], threading.Event()
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n")
            while not over.is_set():
                try:
                    sent[0] += connection.send(b"x" if drip.is_set() else b"x" * 65536)
                except OSError:
                    return
                if drip.is_set():
                    time.sleep(0.05)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/", sent, drip
    over.set()
    thread.join()
    listening.close()


def test_of_an_endless_answer_little_is_read(endless: tuple[str, list[int], threading.Event]) -> None:
    url, sent, _ = endless
    assert send(url) == {"status": 200}
    assert sent[0] < 20_000_000  # what the sockets buffer; the answer promised 10 GB


def test_a_dripping_answer_ends(endless: tuple[str, list[int], threading.Event]) -> None:
    url, _, drip = endless
    drip.set()
    began = time.monotonic()
    assert "no complete answer within 0.5 s" in str(refusal(url, timeout_s=0.5))
    assert time.monotonic() - began < 3

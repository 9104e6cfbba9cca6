"""`call_webhook`: one HTTP request a try, on one pooled client."""

from __future__ import annotations

import asyncio
import ssl
import time
from http import HTTPStatus
from typing import Any

import certifi
import httpx
import orjson

from trigger_studio import __version__
from trigger_studio.execution import secrets
from trigger_studio.execution.egress import CurrentOutside, EgressPolicy
from trigger_studio.execution.pinned import PinnedTransport
from trigger_studio.execution.retry import is_final, one_line, retry_after_s
from trigger_studio.execution.sender import SendFailed
from trigger_studio.execution.signing import signature_headers
from trigger_studio.model.delivery import Delivery

CONNECT_TIMEOUT_S = 5.0
"""For resolving the name and opening the connection, each."""
PAUSE_TIMEOUT_S = 15.0
"""So long may pass between two pieces of an answer, or of a request that the receiver takes."""
TOTAL_TIMEOUT_S = 30.0
BODY_MAX_BYTES = 1 << 20
ANSWER_MAX_BYTES = 64 * 1024
_SHOWN_CHARS = 200
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class WebhookSender:
    """Sends webhooks. Accepted is a 2xx answer and nothing else; redirects are not followed.

    Tried again, as often as the rule says: a name that does not resolve, no connection, a certificate that does not
    hold, no answer in time, 5xx, 408, 425 and 429. Given up at once, since the same request will meet the same answer:
    any other answer, and what may not be called at all.

    Args:
        outside: what may be called.
        total_timeout_s: for connecting, sending and reading together, so that a dripping answer ends too.
    """

    def __init__(self, outside: CurrentOutside, total_timeout_s: float = TOTAL_TIMEOUT_S) -> None:
        self._outside = outside
        self._total_timeout_s = total_timeout_s
        self._clients: dict[tuple[str, EgressPolicy], httpx.AsyncClient] = {}

    def target(self, delivery: Delivery) -> str:
        """The receiver's host and port."""
        try:
            return _url(delivery).netloc.decode("ascii", "replace")
        except SendFailed:
            return ""

    async def send(self, delivery: Delivery) -> dict[str, Any]:
        """Send one request; see `Sender.send`."""
        url, content = _url(delivery), _content(delivery)
        outside = await self._outside()
        _check_host(url, outside)
        headers = await self._headers(delivery, content)
        try:
            async with asyncio.timeout(self._total_timeout_s):
                return await self._exchange(delivery, self._client(url.scheme, outside), url, content, headers)
        except TimeoutError:
            raise SendFailed(f"no complete answer within {self._total_timeout_s:g} s") from None
        except httpx.ConnectTimeout:
            raise SendFailed(f"no connection within {CONNECT_TIMEOUT_S:g} s") from None
        except httpx.InvalidURL as error:  # a redirect is looked at even where it is not followed
            raise SendFailed(f"answered with a redirect to no address: {error}") from None
        except (httpx.HTTPError, ssl.SSLError) as error:
            raise SendFailed(f"{type(error).__name__}: {error}") from None

    async def close(self) -> None:
        """Close the pooled connections."""
        while self._clients:
            _, client = self._clients.popitem()
            await client.aclose()

    async def _headers(self, delivery: Delivery, content: bytes) -> dict[str, str]:
        headers = {
            "Idempotency-Key": delivery.id,
            "Trigger-Studio-Firing": delivery.firing_id,
            "Trigger-Studio-Attempt": str(delivery.attempts + 1),
        }
        if content:
            headers["Content-Type"] = "application/json"
        if name := delivery.request.get("secret"):
            secret = await asyncio.to_thread(secrets.signing_key, name)
            headers |= signature_headers(secret, delivery.id, content, time.time())
        return headers

    async def _exchange(
        self, delivery: Delivery, client: httpx.AsyncClient, url: httpx.URL, content: bytes, headers: dict[str, str]
    ) -> dict[str, Any]:
        method = delivery.request.get("method", "POST")
        async with client.stream(method, url, content=content, headers=headers) as answer:
            text = await _beginning(answer)
        if answer.is_success:
            return {"status": answer.status_code}
        asked_s = retry_after_s(answer.headers.get("retry-after"), time.time())
        raise SendFailed(_refusal(answer, text), asked_s, final=is_final(answer.status_code))

    def _client(self, scheme: str, outside: EgressPolicy) -> httpx.AsyncClient:
        """The pool for a scheme: reading the authorities takes long, and plain HTTP on a farm needs none.

        What may be called has a pool of its own: no connection outlives the setting that allowed it.
        """
        key = scheme, outside
        if key not in self._clients:
            trust = _trust() if scheme == "https" else None
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=64)
            self._clients[key] = httpx.AsyncClient(
                transport=PinnedTransport(trust, limits, outside.allows_address),
                timeout=httpx.Timeout(PAUSE_TIMEOUT_S, connect=CONNECT_TIMEOUT_S),
                headers={"User-Agent": f"trigger-studio/{__version__}", "Accept-Encoding": "identity"},
                follow_redirects=False,
                trust_env=False,
            )
        return self._clients[key]


def _url(delivery: Delivery) -> httpx.URL:
    text = str(delivery.request.get("url", ""))
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise SendFailed(f"{one_line(text)[:_SHOWN_CHARS]!r} is no address; allowed: http:// and https://", final=True)
    return url


def _content(delivery: Delivery) -> bytes:
    body = delivery.request.get("body")
    content = b"" if body is None else orjson.dumps(body)
    if len(content) > BODY_MAX_BYTES:
        raise SendFailed(f"the body has {len(content)} bytes; allowed: {BODY_MAX_BYTES}", final=True)
    return content


def _check_host(url: httpx.URL, outside: EgressPolicy) -> None:
    host = url.raw_host.decode("ascii")
    if not outside.allows_host(host, url.port or (443 if url.scheme == "https" else 80)):
        raise SendFailed(
            f"the host '{host}' is not among those that may be called; an admin can allow it: "
            f"trigger-studio outside allow --host {host}",
            final=True,
        )


def _trust() -> ssl.SSLContext:
    """The machine's own authorities, a studio's internal one among them, and the well-known ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


async def _beginning(answer: httpx.Response) -> bytes:
    """At most `ANSWER_MAX_BYTES` of the answer; leaving the rest unread closes the connection."""
    read = bytearray()
    async for chunk in answer.aiter_raw():
        read += chunk
        if len(read) >= ANSWER_MAX_BYTES:
            break
    return bytes(read[:ANSWER_MAX_BYTES])


def _refusal(answer: httpx.Response, body: bytes) -> str:
    """The refusal in one line: status, its name, how the answer begins."""
    status = answer.status_code
    phrase = answer.reason_phrase or _PHRASES.get(status, "")
    if answer.is_redirect:
        return f"answered {status} {phrase}: redirects are not followed; put the final address into the rule"
    said = one_line(body[:_SHOWN_CHARS].decode("utf-8", "replace"))
    return f"answered {status} {phrase}".rstrip() + (f": {said}" if said else "")

"""``/stream``: news as server-sent events, resumed without a gap."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import Header
from starlette.responses import Response, StreamingResponse

from trigger_studio.api.bundles import sees
from trigger_studio.api.calls import Call
from trigger_studio.api.hub import Frame, Hub, Listener, frame_of
from trigger_studio.api.limits import RETRY_MS, STREAMS
from trigger_studio.api.parameters import Filter
from trigger_studio.api.problems import Problem
from trigger_studio.api.routing import Routes
from trigger_studio.errors import BadInput, Fault, Unavailable, allowed
from trigger_studio.frozen import frozen
from trigger_studio.services import news
from trigger_studio.services.access import Operation
from trigger_studio.services.news import Item
from trigger_studio.storage.news import Gaps, Mark

routes = Routes("stream")

ALIVE_S: Final = 15.0
"""After so long without news a comment is sent, so that nobody between takes the line for dead."""
SSE: Final = "text/event-stream"


@frozen
class Wanted:
    """Which news somebody wants."""

    kinds: frozenset[str]
    chain: str | None = None
    rule: str | None = None
    project: str | None = None

    def takes(self, item: Item) -> bool:
        """Whether it is one of those."""
        return (
            item.kind in self.kinds
            and self.chain in (None, item.chain)
            and self.rule in (None, item.rule)
            and self.project in (None, item.project)
        )


class Endless:
    """An answer that goes on until the listener has gone, the server ends, or the token stands no more."""

    def __init__(self, call: Call, hub: Hub, wanted: Wanted, since: Mark | None) -> None:
        self._call, self._hub, self._wanted, self._since = call, hub, wanted, since

    def response(self) -> Response:
        """As a response, whose body begins when it is sent."""
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._lines(), headers=headers, media_type=SSE)

    async def _lines(self) -> AsyncIterator[bytes]:
        listener = await self._hub.join()
        try:
            yield f"retry: {RETRY_MS}\nid: {news.text(self._since or listener.since)}\n\n".encode()
            async for frame in self._catching_up(listener.since):
                yield frame
            async for frame in self._following(listener):
                yield frame
        finally:
            self._hub.leave(listener)

    async def _catching_up(self, until: Mark) -> AsyncIterator[bytes]:
        mark, gaps, more = self._since or until, Gaps(), True
        while more and mark != until:
            batch = await asyncio.to_thread(news.read, self._call.session, mark, gaps, until)
            more, mark = batch.more, batch.mark
            yield self._shown(frame_of(batch))

    async def _following(self, listener: Listener) -> AsyncIterator[bytes]:
        while True:
            try:
                async with asyncio.timeout(ALIVE_S):
                    frame = await listener.frames.get()
            except TimeoutError:
                if not await asyncio.to_thread(self._stands):
                    return
                yield b": alive\n\n"
                continue
            if frame is None:
                return
            if shown := self._shown(frame):
                yield shown

    def _shown(self, frame: Frame) -> bytes:
        """What of a frame is wanted; its last part has the id, so that whoever is cut off within it misses nothing."""
        parts = [text for item, text in frame.parts if self._wanted.takes(item) and sees(self._call, item.project)]
        return b"".join([*parts[:-1], b"id: ", frame.id, b"\n", parts[-1]]) if parts else b""

    def _stands(self) -> bool:
        try:
            return self._call.door.stands(self._call.token)
        except Unavailable:
            return True  # nobody can tell now


@routes.add("GET", "/stream", Operation.STREAM, answers={SSE: "Text"})
def stream(
    call: Call,
    *,
    kinds: Filter = None,
    chain: Filter = None,
    rule: Filter = None,
    project: Filter = None,
    last_event_id: Annotated[str | None, Header(description="The id seen last; what came since is sent first.")] = None,
) -> Endless:
    """Follow what happens, as server-sent events.

    `kinds`: some of event, firing, gate, halt, rule, act, with commas between. A firing comes again whole whenever it
    changes. Whoever is cut off comes back with the header Last-Event-ID, and misses nothing.
    """
    names = news.KINDS if kinds is None else tuple(kinds.split(","))
    if wrong := [name for name in names if name not in news.KINDS]:
        raise BadInput([Fault("query.kinds", f"found '{wrong[0]}'; {allowed(news.KINDS, wrong[0])}")])
    since = None if last_event_id is None else news.mark(last_event_id)
    hub: Hub = call.request.app.state.hub
    if hub.listening >= STREAMS:
        raise Problem("busy", f"{STREAMS} listen already", headers={"Retry-After": "5"})
    return Endless(call, hub, Wanted(frozenset(names), chain, rule, project), since)

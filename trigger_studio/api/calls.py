"""One request on its way: who asks, for what, with which body; carried out once if it has a key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from trigger_studio.api import bodies, paging
from trigger_studio.api.door import Door, unauthorized
from trigger_studio.api.problems import Problem, problem_of
from trigger_studio.errors import BadInput, Fault, TriggerStudioError, allowed
from trigger_studio.frozen import frozen
from trigger_studio.model.actor import Actor
from trigger_studio.services import access, requests, tokens
from trigger_studio.services.access import Operation
from trigger_studio.services.pages import Page
from trigger_studio.services.session import Session
from trigger_studio.storage.request_keys import Kept

KEY_HEADER: Final = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_TELLING: Final = ("content-type", "if-match", "accept")
_MARKED: Final = "Idempotency-Replayed"


@frozen
class Answer:
    """What is answered."""

    content: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = bodies.JSON

    def response(self) -> Response:
        """As a response."""
        return Response(self.content, self.status, dict(self.headers), media_type=self.media_type)


def written(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """A JSON answer."""
    return Answer(orjson.dumps(value), status, headers or {})


def paged(name: str, page: Page, query: Mapping[str, Any], path: str, limit: int) -> Answer:
    """A page of a list, with a link to the next."""
    document, headers = paging.answer(name, page, query, path, limit)
    return written(document, 200, headers)


NOTHING: Final = Answer(b"", 204)


@dataclass(slots=True)
class Call:
    """A request whose sender may do what it asks for.

    Attributes:
        session: of whoever asks; set when it is carried out.
        kind: the body's media type, empty where none is read.
        key: the idempotency key, if it has one.
        token: the hash of what was shown.
    """

    request: Request
    door: Door
    operation: Operation
    actor: Actor
    body: bytes = b""
    kind: str = ""
    key: str | None = None
    token: str = ""
    opened: Session | None = None

    @property
    def session(self) -> Session:
        """The pipeline, with whoever asks as who acts."""
        assert self.opened is not None
        return self.opened

    @property
    def projects(self) -> tuple[str | None, ...] | None:
        """Whose things a list shows."""
        return access.visible(self.actor, self.operation)

    def of(self, project: str | None) -> None:
        """See that whoever asks may ask for what is of that project. Raises Forbidden."""
        access.check_project(self.actor, self.operation, project)

    def json(self) -> Any:
        """The value of the body. Raises Problem."""
        return bodies.parsed(self.body, self.kind)

    def header(self, name: str) -> str | None:
        """A header of the request."""
        return self.request.headers.get(name)

    @property
    def request_id(self) -> str:
        return str(self.request.state.request_id)


class Answering(Protocol):
    """What an operation returns."""

    def response(self) -> Response:
        """As a response."""


Work = Callable[[Call], Answering]


async def enter(
    request: Request, operation: Operation, kinds: tuple[str, ...], keyed: bool, names: frozenset[str]
) -> Call:
    """Let a request in.

    Args:
        request: as it came.
        operation: what it asks for.
        kinds: media types that its body may have; none for no body.
        keyed: whether an idempotency key counts.
        names: of the query's parameters.

    Raises:
        Problem: it is not let in, or its body is not read.
        Forbidden: the token does not reach that far.
        BadInput: an unknown parameter.
    """
    door: Door = request.app.state.door
    actor, token = await _bearer(request, door)
    access.check(actor, operation)
    _check_query(request, names)
    call = Call(request, door, operation, actor, token=token)
    if keyed and (key := request.headers.get(KEY_HEADER)) is not None:
        if not _KEY.fullmatch(key):
            raise Problem("bad-header", f"{KEY_HEADER}: 1 to 200 printable ASCII characters are needed")
        call.key = key
    if kinds:
        call.kind = bodies.media_type(request, kinds)
        call.body = await bodies.read(request)
    return call


async def _bearer(request: Request, door: Door) -> tuple[Actor, str]:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise unauthorized("send the header 'Authorization: Bearer TOKEN'")
    hash_ = tokens.digest(secret.strip())
    actor = door.believed(hash_)
    if actor is None:
        actor = await run_in_threadpool(door.bearer, hash_)
    request.state.actor = actor.who
    if (wait_s := door.limiter.wait_s(hash_)) > 0:
        raise Problem("too-many-requests", "slow down", headers={"Retry-After": str(max(1, round(wait_s)))})
    return actor, hash_


def _check_query(request: Request, names: frozenset[str]) -> None:
    given = request.query_params
    faults = [Fault(f"query.{name}", f"unknown parameter; {allowed(sorted(names), name)}") for name in {*given} - names]
    faults += [Fault(f"query.{name}", "stands there more than once") for name in names if len(given.getlist(name)) > 1]
    faults += [Fault(f"query.{name}", "holds NUL") for name, value in given.multi_items() if "\0" in value]
    faults += [Fault(f"path.{name}", "holds NUL") for name, value in request.path_params.items() if "\0" in str(value)]
    if faults:
        raise BadInput(sorted(faults, key=str))


def carry_out(call: Call, work: Work) -> Response:
    """Do what is asked for, once if it has a key; what is refused is a problem document."""
    try:
        session = call.door.session().acting_as(call.actor)
        if call.key is None:
            call.opened = session
            return work(call).response()
        kept, again = requests.once(session, call.key, _fingerprint(call), lambda inner: _kept(call, inner, work))
        headers = {**kept.headers, **({_MARKED: "true"} if again else {})}
        return Response(kept.body.encode(), kept.status, headers)
    except Problem as problem:
        return problem.response(call.request_id)
    except TriggerStudioError as error:
        return problem_of(error).response(call.request_id)


def _kept(call: Call, session: Session, work: Work) -> Kept:
    """What is answered, as it is kept; a refusal, too, for it would be the same again."""
    call.opened = session
    try:
        return _to_keep(call, work(call).response())
    except Problem as problem:
        raise requests.Undone(_to_keep(call, problem.response(call.request_id))) from None
    except TriggerStudioError as error:
        told = problem_of(error)
        if told.status >= 500:
            raise
        raise requests.Undone(_to_keep(call, told.response(call.request_id))) from None


def _to_keep(call: Call, response: Response) -> Kept:
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Kept(_fingerprint(call), response.status_code, headers, bytes(response.body).decode())


def _fingerprint(call: Call) -> str:
    """Of all that a request says, whoever repeats it."""
    url, headers = call.request.url, call.request.headers
    told = sorted((n, v) for n, v in headers.items() if n.startswith("ce-") or n in _TELLING)
    made = hashlib.sha256(orjson.dumps([call.request.method, url.path, url.query, told]))
    made.update(call.body)
    return made.hexdigest()

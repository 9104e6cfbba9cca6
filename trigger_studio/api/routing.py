"""How an operation gets its path, and all that its description needs to be written from one place."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.params import Header
from starlette.requests import Request
from starlette.responses import Response

from trigger_studio.api import calls
from trigger_studio.api.bodies import JSON
from trigger_studio.api.calls import Answering, Call
from trigger_studio.frozen import frozen
from trigger_studio.services.access import Operation


@frozen
class Body:
    """A body that is read.

    Attributes:
        schemas: the name of its schema by media type.
        example: of the first.
    """

    schemas: Mapping[str, str]
    example: Any = None


@frozen
class Spec:
    """What an operation's description says besides its parameters.

    Attributes:
        answers: the name of the answer's schema by media type; empty for an answer without a body.
        status: of a success.
        problems: codes that it answers with besides those that all do.
        if_match: whether an If-Match header counts, and whether it has to be there.
        headers: of a success.
    """

    operation: Operation
    answers: Mapping[str, str]
    status: int
    body: Body | None
    problems: tuple[str, ...]
    if_match: bool | None
    headers: tuple[str, ...]
    example: Any
    keyed: bool


SPECS: Final[dict[Operation, Spec]] = {}
"""Of every operation that has a path."""
_CHANGING: Final = ("POST", "PUT", "PATCH", "DELETE")


class Routes:
    """The paths of one topic."""

    def __init__(self, tag: str) -> None:
        self.router = APIRouter(tags=[tag])

    def add(
        self,
        method: str,
        path: str,
        operation: Operation,
        *,
        answers: str | Mapping[str, str] = "",
        status: int = 200,
        body: Body | None = None,
        problems: tuple[str, ...] = (),
        if_match: bool | None = None,
        headers: tuple[str, ...] = (),
        example: Any = None,
        keyed: bool | None = None,
    ) -> Callable[[Callable[..., Answering]], Callable[..., Answering]]:
        """Give an operation its path; the function gets the call, and the parameters of path and query."""
        written = {JSON: answers} if isinstance(answers, str) and answers else dict(answers or {})
        carried = method in _CHANGING if keyed is None else keyed
        spec = Spec(operation, written, status, body, problems, if_match, headers, example, carried)
        assert operation not in SPECS, operation
        SPECS[operation] = spec

        def register(function: Callable[..., Answering]) -> Callable[..., Answering]:
            self.router.add_api_route(
                path, _endpoint(function, spec), methods=[method], operation_id=operation, response_model=None,
                summary=(function.__doc__ or "").partition("\n")[0].rstrip("."),
                description="\n".join(inspect.cleandoc(function.__doc__ or "").splitlines()[1:]).strip(),
                name=function.__name__,
            )  # fmt: skip
            return function

        return register


def _is_header(parameter: inspect.Parameter) -> bool:
    return any(isinstance(told, Header) for told in getattr(parameter.annotation, "__metadata__", ()))


def _endpoint(function: Callable[..., Answering], spec: Spec) -> Callable[..., Response]:
    """The function as FastAPI calls it: with a call that was let in, on a thread."""
    signature = inspect.signature(function, eval_str=True)
    parameters = list(signature.parameters.values())
    names = frozenset(p.name for p in parameters[1:] if p.default is not inspect.Parameter.empty and not _is_header(p))
    kinds = tuple(spec.body.schemas) if spec.body is not None else ()

    async def let_in(request: Request) -> Call:
        return await calls.enter(request, spec.operation, kinds, spec.keyed, names)

    @functools.wraps(function)
    def endpoint(call: Call, **given: Any) -> Response:
        return calls.carry_out(call, lambda ready: function(ready, **given))

    first = parameters[0].replace(annotation=Annotated[Call, Depends(let_in)])
    endpoint.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[first, *parameters[1:]], return_annotation=inspect.Signature.empty
    )
    return endpoint

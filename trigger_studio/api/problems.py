"""What goes wrong, as RFC 9457 problem documents: one table of codes, and how faults of ours become one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from starlette.responses import Response

from trigger_studio.errors import BadInput, Fault, TriggerStudioError, masked

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER_S: Final = 2

CODES: Final[Mapping[str, tuple[int, str]]] = {
    "malformed-body": (400, "The body cannot be read"),
    "bad-header": (400, "A header cannot be read"),
    "unauthorized": (401, "A valid token is needed"),
    "forbidden": (403, "The token does not reach that far"),
    "not-found": (404, "There is no such thing"),
    "no-such-path": (404, "There is no such path"),
    "method-not-allowed": (405, "The path does not take that method"),
    "not-acceptable": (406, "None of the accepted formats can be written"),
    "timeout": (408, "The body took too long"),
    "refused": (409, "Understood, and the answer is no"),
    "stale": (412, "Somebody else has changed it since"),
    "body-too-large": (413, "The body is too large"),
    "unsupported-media-type": (415, "The body is of a kind that is not read here"),
    "bad-input": (422, "What was sent has faults"),
    "key-reused": (422, "The idempotency key came with another request"),
    "precondition-required": (428, "An If-Match header is needed"),
    "too-many-requests": (429, "Too many requests"),
    "internal": (500, "A fault of the program itself"),
    "damaged": (500, "What the database holds cannot be read"),
    "unavailable": (503, "The database cannot be reached, or is full"),
    "away": (503, "The database does not answer"),
    "replaced": (503, "The database's file was replaced"),
    "busy": (503, "Too many requests are under way"),
}
"""Every problem's stable code, with its status and title."""
_MEANT = re.compile(r"did you mean '(.+?)'\?")


class Problem(Exception):
    """A request that is refused.

    Args:
        code: one of `CODES`.
        detail: what was found and what is allowed.
        faults: each with its path.
        headers: of the answer.
        more: further members of the document.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        faults: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.code, self.detail, self.faults = code, detail, faults
        self.status, self.title = CODES[code]
        self.headers, self.more = dict(headers or {}), more

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem document."""
        return {
            "type": f"urn:trigger-studio:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": masked(self.detail),
            "request": request_id,
            **({"faults": list(map(fault_document, self.faults))} if self.faults else {}),
            **self.more,
        }

    def response(self, request_id: str) -> Response:
        """The answer."""
        content = orjson.dumps(self.document(request_id))
        return Response(content, self.status, self.headers, media_type=MEDIA_TYPE)


def fault_document(fault: Fault) -> dict[str, Any]:
    """One thing wrong with an input, and what was probably meant."""
    message = " ".join(masked(str(fault.message)).split())
    meant = _MEANT.search(message)
    return {"path": fault.path, "message": message, **({"did_you_mean": meant[1]} if meant else {})}


def problem_of(error: TriggerStudioError) -> Problem:
    """The problem that an error of a service is."""
    code = error.code if error.code in CODES else "internal"
    headers = {"Retry-After": str(RETRY_AFTER_S)} if CODES[code][0] == 503 else {}
    faults = error.faults if isinstance(error, BadInput) else ()
    return Problem(code, " ".join(str(error).split())[:2_000], faults=faults, headers=headers)

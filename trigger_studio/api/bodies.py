"""Bodies: never more than is allowed, in no other kind or charset than is read, and not slower than is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from email.message import Message
from typing import Any

from starlette.requests import Request

from trigger_studio.api.limits import BODY_S, MAX_BODY
from trigger_studio.api.problems import Problem
from trigger_studio.errors import BadInput
from trigger_studio.model.documents import read_document, read_json

JSON = "application/json"
NDJSON = "application/x-ndjson"
YAML = "application/yaml"
MERGE_PATCH = "application/merge-patch+json"
_TOO_LARGE = f"a body has at most {MAX_BODY >> 20} MiB; send it in parts"


def media_type(request: Request, allowed: Sequence[str]) -> str:
    """The body's kind, one of those allowed. Raises Problem."""
    given = Message()
    given["content-type"] = request.headers.get("content-type", JSON)
    kind = given.get_content_type()
    charset = given.get_param("charset", "utf-8")
    if kind not in allowed:
        raise Problem("unsupported-media-type", f"found '{kind}'; allowed: {', '.join(allowed)}")
    if str(charset).lower().replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
        raise Problem("unsupported-media-type", f"found the charset '{charset}'; allowed: utf-8")
    coding = request.headers.get("content-encoding", "identity")
    if coding.lower() != "identity":
        raise Problem("unsupported-media-type", f"found the content encoding '{coding}'; send the body as it is")
    return kind


async def read(request: Request) -> bytes:
    """The whole body. Raises Problem: it is too large, or takes too long."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length[:20]) > MAX_BODY:
        raise Problem("body-too-large", _TOO_LARGE, headers={"Connection": "close"})
    parts, size = [], 0
    try:
        async with asyncio.timeout(BODY_S):
            async for part in request.stream():
                size += len(part)
                if size > MAX_BODY:
                    raise Problem("body-too-large", _TOO_LARGE, headers={"Connection": "close"})
                parts.append(part)
    except TimeoutError:
        said = f"it was not there within {BODY_S:g} s"
        raise Problem("timeout", said, headers={"Connection": "close"}) from None
    return b"".join(parts)


def parsed(body: bytes, kind: str) -> Any:
    """The value of a JSON or YAML body. Raises Problem."""
    try:
        return read_document(body) if kind == YAML else read_json(body)
    except BadInput as error:
        raise Problem("malformed-body", str(error).splitlines()[0], faults=error.faults) from None


def mapping(value: Any, needed: Sequence[str] = (), optional: Sequence[str] = ()) -> dict[str, Any]:
    """An object that has these keys and no others. Raises BadInput."""
    from trigger_studio.errors import Fault
    from trigger_studio.model.documents import at
    from trigger_studio.model.validation_messages import shown, unknown_key

    if not isinstance(value, dict):
        raise BadInput(f"found {shown(value)}; needed: an object")
    known = [*needed, *optional]
    faults = [Fault(at("", key), unknown_key(key, known)) for key in value if key not in known]
    faults += [Fault(key, "is needed and missing") for key in needed if key not in value]
    if faults:
        raise BadInput(faults[:100])
    return value

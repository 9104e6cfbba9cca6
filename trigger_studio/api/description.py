"""The API's description, OpenAPI 3.1: each operation with its errors, its roles and an example."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from trigger_studio.api import schemas
from trigger_studio.api.calls import KEY_HEADER
from trigger_studio.api.limits import AT_ONCE, MAX_BODY, RATE
from trigger_studio.api.problems import CODES, MEDIA_TYPE, RETRY_AFTER_S
from trigger_studio.api.routing import SPECS, Spec
from trigger_studio.services.access import GRANTS, Operation, Reach

TEXT = f"""\
What the window and the command line can do, for programs.

Send `Authorization: Bearer TOKEN` (`trigger-studio token add NAME --role ROLE`). Faults are RFC 9457 problem documents
with a stable `code`. A change of a rule needs the ETag that was read, as `If-Match`. A request that changes something
may carry an `{KEY_HEADER}`, kept for a day: sent again it is carried out once, and answered alike. Times are UTC.

Limits: bodies of {MAX_BODY >> 20} MiB, {RATE} requests a second for a token, {AT_ONCE} at once."""

_ALWAYS = (
    "unauthorized",
    "forbidden",
    "bad-input",
    "too-many-requests",
    "internal",
    "damaged",
    "unavailable",
    "away",
    "busy",
)
_OF_BODIES = ("malformed-body", "body-too-large", "unsupported-media-type", "timeout")
_REACH = {
    Reach.OWN: "A token of one project: only what is of that project.",
    Reach.SHARED: "A token of one project: what is of that project or of every one.",
    Reach.NONE: "Not with a token of one project.",
}
_HEADERS = {
    "ETag": "Which state this is; send it as If-Match with a change.",
    "Location": "Where what was made is.",
    "Link": "rel=next: the next page.",
}


def routes(app: FastAPI) -> list[APIRoute]:
    """The paths of the API itself."""
    return [route for route in app.routes if isinstance(route, APIRoute)]


def openapi(app: FastAPI) -> dict[str, Any]:
    """The description, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def _made(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    made["components"] = {
        "schemas": schemas.components(),
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
    }
    for path in made["paths"].values():
        for operation in path.values():
            spec = SPECS.get(operation["operationId"])
            if spec is not None:
                _complete(operation, spec)
            else:
                operation["responses"] = _open_responses(operation["operationId"])
    return made


def _complete(operation: dict[str, Any], spec: Spec) -> None:
    grant = GRANTS[spec.operation]
    told = f"Roles: {', '.join(sorted(grant.roles))}. {_REACH[grant.reach]}"
    operation["description"] = f"{operation.get('description', '')}\n\n{told}".strip()
    operation["security"] = [{"token": []}]
    operation["x-roles"] = sorted(grant.roles)
    parameters = operation.setdefault("parameters", [])
    if spec.if_match is not None:
        parameters.append(_header("If-Match", spec.if_match, "The ETag that was read.", '"3-none"'))
    if spec.keyed:
        schema = {"minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}
        parameters.append(_header(KEY_HEADER, False, "Sent again, it is carried out once.", "8e03978e-40d5", **schema))
    if spec.body is not None:
        content = {kind: {"schema": _schema(name)} for kind, name in spec.body.schemas.items()}
        if spec.body.example is not None:
            next(iter(content.values()))["example"] = spec.body.example
        operation["requestBody"] = {"required": True, "content": content}
    operation["responses"] = {str(spec.status): _success(spec), **_faults(spec)}


def _header(name: str, required: bool, description: str, example: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name, "in": "header", "required": required, "description": description, "example": example,
        "schema": {"type": "string", **schema},
    }  # fmt: skip


def _schema(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _success(spec: Spec) -> dict[str, Any]:
    content: dict[str, Any] = {kind: {"schema": _schema(name)} for kind, name in spec.answers.items()}
    if spec.example is not None and content:
        next(iter(content.values()))["example"] = spec.example
    headers = {name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in spec.headers}
    return {
        "description": "Done." if content else "Done; nothing to read.",
        **({"content": content} if content else {}),
        **({"headers": headers} if headers else {}),
    }


def _faults(spec: Spec) -> dict[str, Any]:
    codes = [*_ALWAYS, *spec.problems, *(_OF_BODIES if spec.body is not None else ())]
    codes += ["bad-header", "key-reused"] if spec.keyed else []
    codes += ["bad-header", "stale"] if spec.if_match is not None else []
    codes += ["precondition-required"] if spec.if_match else []
    by_status: dict[str, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(str(CODES[code][0]), []).append(code)
    return {status: _fault(named) for status, named in sorted(by_status.items())}


def _fault(codes: list[str]) -> dict[str, Any]:
    told = "; ".join(f"`{code}`: {CODES[code][1].lower()}" for code in codes)
    status, title = CODES[codes[0]]
    example = {
        "type": f"urn:trigger-studio:problem:{codes[0]}", "title": title, "status": status, "code": codes[0],
        "detail": "what was found, and what is allowed", "request": "5f0c6a2b",
    }  # fmt: skip
    made: dict[str, Any] = {
        "description": told,
        "content": {MEDIA_TYPE: {"schema": _schema("Problem"), "example": example}},
    }
    if status in (429, 503):
        said = f"Seconds to wait, such as {RETRY_AFTER_S}."
        made["headers"] = {"Retry-After": {"description": said, "schema": {"type": "string"}}}
    return made


def _open_responses(name: str) -> dict[str, Any]:
    """Of what takes no token."""
    ready = {"503": _fault(["unavailable", "away"])} if name == "ready" else {}
    content = {"application/json": {"schema": _schema("Health"), "example": {"status": "ok"}}}
    return {"200": {"description": "It is.", "content": content}, **ready}


def table() -> list[tuple[Operation, list[str], str]]:
    """Who may do what: operation, roles, and how far a token of one project goes."""
    return [(operation, sorted(grant.roles), grant.reach) for operation, grant in GRANTS.items()]

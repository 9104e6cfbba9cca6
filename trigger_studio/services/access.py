"""Who may do what: one table, from which the REST API's checks, its description and the tests are made."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from trigger_studio.errors import Forbidden
from trigger_studio.frozen import frozen
from trigger_studio.model.actor import Actor, Role


class Operation(StrEnum):
    """Everything that can be asked for, by the name that the API's description has for it."""

    LIST_TRIGGERS = "listTriggers"
    CREATE_TRIGGER = "createTrigger"
    GET_TRIGGER = "getTrigger"
    REPLACE_TRIGGER = "replaceTrigger"
    PATCH_TRIGGER = "patchTrigger"
    DELETE_TRIGGER = "deleteTrigger"
    ENABLE_TRIGGER = "enableTrigger"
    DISABLE_TRIGGER = "disableTrigger"
    APPROVE_TRIGGER = "approveTrigger"
    LIST_REVISIONS = "listRevisions"
    GET_REVISION = "getRevision"
    VALIDATE_TRIGGERS = "validateTriggers"
    DRY_RUN_TRIGGER = "dryRunTrigger"
    CHAIN_GRAPH = "getChainGraph"
    EXPORT_BUNDLE = "exportBundle"
    IMPORT_BUNDLE = "importBundle"
    DRY_RUN = "dryRun"
    EXPLAIN = "explain"
    EMIT_EVENTS = "emitEvents"
    LIST_EVENTS = "listEvents"
    GET_EVENT = "getEvent"
    LIST_ENTITIES = "listEntities"
    GET_ENTITY = "getEntity"
    IMPORT_ENTITIES = "importEntities"
    SET_ENTITY_STATUS = "setEntityStatus"
    LIST_FIRINGS = "listFirings"
    GET_FIRING = "getFiring"
    RETRY_FIRING = "retryFiring"
    LIST_JOBS = "listJobs"
    GET_JOB = "getJob"
    COMPLETE_JOB = "completeJob"
    FAIL_JOB = "failJob"
    LIST_GATES = "listGates"
    GET_GATE = "getGate"
    APPROVE_GATE = "approveGate"
    REFUSE_GATE = "refuseGate"
    LIST_HALTS = "listHalts"
    SET_HALT = "setHalt"
    LIFT_HALT = "liftHalt"
    LIST_LIMITS = "listLimits"
    SET_LIMIT = "setLimit"
    REMOVE_LIMIT = "removeLimit"
    GET_PROFILE = "getProfile"
    GET_AUDIT = "getAudit"
    STREAM = "stream"
    METRICS = "getMetrics"


class Reach(StrEnum):
    """How far a token goes that is good for one project only."""

    OWN = "own"
    """To what is of its project."""
    SHARED = "shared"
    """There, and to what is of every project."""
    NONE = "none"
    """Nowhere: it takes a token without a project."""


@frozen
class Grant:
    """Who may do something, and how far a token of one project goes in it."""

    roles: frozenset[Role]
    reach: Reach


_READERS = frozenset({Role.VIEWER, Role.CREATOR, Role.ADMIN})
_EVERYBODY = _READERS | {Role.WORKER}
_CREATORS = frozenset({Role.CREATOR, Role.ADMIN})
_WORKERS = frozenset({Role.WORKER, Role.ADMIN})
_ADMINS = frozenset({Role.ADMIN})

_O = Operation
_ROWS: Final[tuple[tuple[frozenset[Role], Reach, tuple[Operation, ...]], ...]] = (
    (_READERS, Reach.SHARED, (
        _O.LIST_TRIGGERS, _O.GET_TRIGGER, _O.LIST_REVISIONS, _O.GET_REVISION, _O.VALIDATE_TRIGGERS, _O.DRY_RUN_TRIGGER,
        _O.CHAIN_GRAPH, _O.EXPORT_BUNDLE, _O.EXPLAIN, _O.LIST_HALTS, _O.LIST_LIMITS, _O.LIST_ENTITIES, _O.GET_ENTITY,
    )),
    (_READERS, Reach.OWN, (
        _O.DRY_RUN, _O.LIST_EVENTS, _O.GET_EVENT, _O.LIST_FIRINGS, _O.GET_FIRING, _O.LIST_GATES, _O.GET_GATE, _O.STREAM,
    )),
    (_EVERYBODY, Reach.SHARED, (_O.GET_PROFILE,)),
    (_EVERYBODY, Reach.OWN, (_O.LIST_JOBS, _O.GET_JOB)),
    (_WORKERS, Reach.OWN, (_O.COMPLETE_JOB, _O.FAIL_JOB)),
    (_CREATORS, Reach.OWN, (
        _O.CREATE_TRIGGER, _O.REPLACE_TRIGGER, _O.PATCH_TRIGGER, _O.DELETE_TRIGGER, _O.ENABLE_TRIGGER,
        _O.DISABLE_TRIGGER, _O.IMPORT_BUNDLE, _O.EMIT_EVENTS, _O.IMPORT_ENTITIES, _O.SET_ENTITY_STATUS,
        _O.RETRY_FIRING, _O.SET_HALT,
    )),
    (_ADMINS, Reach.OWN, (
        _O.APPROVE_TRIGGER, _O.APPROVE_GATE, _O.REFUSE_GATE, _O.LIFT_HALT, _O.SET_LIMIT, _O.REMOVE_LIMIT,
    )),
    (_ADMINS, Reach.NONE, (_O.GET_AUDIT,)),
    (_READERS, Reach.NONE, (_O.METRICS,)),
)  # fmt: skip
GRANTS: Final[Mapping[Operation, Grant]] = MappingProxyType(
    {operation: Grant(roles, reach) for roles, reach, operations in _ROWS for operation in operations}
)
"""The table."""


def check(actor: Actor, operation: Operation) -> None:
    """Refuse somebody whose role does not reach so far. Raises Forbidden."""
    grant = GRANTS[operation]
    if actor.role not in grant.roles:
        roles = ", ".join(sorted(grant.roles))
        raise Forbidden(f"a {actor.role} may not do that ({operation}); allowed to: {roles}")
    if actor.project is not None and grant.reach is Reach.NONE:
        raise Forbidden(f"that takes a token without a project; this one is for '{actor.project}' only")


def check_project(actor: Actor, operation: Operation, project: str | None) -> None:
    """Refuse somebody whose token is for another project than what they ask for. Raises Forbidden.

    Args:
        project: of what is asked for; None for what is of every project.
    """
    if actor.project is None or project == actor.project:
        return
    if project is None and GRANTS[operation].reach is Reach.SHARED:
        return
    what = "what is of every project" if project is None else f"project '{project}'"
    raise Forbidden(f"this token is for project '{actor.project}', not for {what}")


def visible(actor: Actor, operation: Operation) -> tuple[str | None, ...] | None:
    """The projects whose things a list shows somebody, None among them for what is of every project; None: all."""
    if actor.project is None:
        return None
    return (actor.project, None) if GRANTS[operation].reach is Reach.SHARED else (actor.project,)

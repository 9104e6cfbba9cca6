"""Who acts: a person at this machine, or the bearer of a token."""

from __future__ import annotations

from enum import StrEnum

from trigger_studio.frozen import frozen


class Role(StrEnum):
    """What somebody may do; `services.access` has the table."""

    VIEWER = "viewer"
    WORKER = "worker"
    CREATOR = "creator"
    ADMIN = "admin"


@frozen
class Actor:
    """Whoever acts, as one value that reaches every service.

    Attributes:
        who: the name that the audit trail gets.
        project: the only one that they act in; None for every project.
    """

    who: str
    role: Role = Role.ADMIN
    project: str | None = None

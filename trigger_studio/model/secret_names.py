"""Names of secrets that are this program's own: no rule may have them used for anything else."""

from __future__ import annotations

import re

OWN = "smtp, channel-…, database-…"
"""As they are said to people."""

_OWN = re.compile(r"SMTP|(CHANNEL|DATABASE)(_.*)?|PGPASSWORD")


def plain(name: str) -> str:
    """The name as an environment variable's end holds it; names that are alike there are one secret."""
    return re.sub(r"[^A-Z0-9]", "_", name.upper())


def is_own(name: str) -> bool:
    """Whether the program itself uses the secret: for mail, for a channel's address, for a database."""
    return _OWN.fullmatch(plain(name)) is not None

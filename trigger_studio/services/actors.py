"""Who acts on this machine."""

from __future__ import annotations

import getpass


def local_user() -> str:
    """The user of this machine, who is admin until roles are set up."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "local"

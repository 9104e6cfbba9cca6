"""Secrets by name: from the environment of a headless engine, else from the operating system's key ring."""

from __future__ import annotations

import os

from trigger_studio.execution.sender import SendFailed
from trigger_studio.model.secret_names import OWN, is_own, plain

KEY_RING_SERVICE = "trigger-studio"
ENVIRONMENT_PREFIX = "TRIGGER_STUDIO_SECRET_"


def variable(name: str) -> str:
    """The environment variable that holds the secret `name`."""
    return ENVIRONMENT_PREFIX + plain(name)


def find(name: str) -> str | None:
    """The secret's value, or None if neither place knows it. Blocks: the key ring may be a service.

    Raises:
        SendFailed: the key ring is there and does not answer; it may be locked.
    """
    value = os.environ.get(variable(name))
    return value if value is not None else _from_key_ring(name)


def resolve(name: str) -> str:
    """The secret's value. Blocks: the key ring may be a service.

    Raises:
        SendFailed: neither the environment nor the key ring knows it, which is final, or the key ring does not answer.
    """
    value = find(name)
    if not value:
        raise SendFailed(
            f"the secret '{name}' is not set: put it into the key ring (service '{KEY_RING_SERVICE}') "
            f"or into {variable(name)}",
            final=True,
        )
    return value


def signing_key(name: str) -> str:
    """The value of a secret that a rule names. Blocks: the key ring may be a service.

    Raises:
        SendFailed: as `resolve`; or the name is one that the program itself uses, which is final: what is signed by a
            password gives whoever receives it a means to guess it.
    """
    if is_own(name):
        raise SendFailed(f"the secret '{name}' is the program's own ({OWN}), and signs nothing", final=True)
    return resolve(name)


def _from_key_ring(name: str) -> str | None:
    import keyring  # slow to load, and not needed where the environment answers
    from keyring.errors import KeyringError, NoKeyringError

    try:
        return keyring.get_password(KEY_RING_SERVICE, name)
    except NoKeyringError:
        return None
    except KeyringError as error:
        raise SendFailed(f"the key ring does not answer, is it locked? ({type(error).__name__})") from None

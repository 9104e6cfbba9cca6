"""Signed webhooks by the Standard Webhooks specification (HMAC-SHA256, version ``v1``)."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"


def signature_headers(secret: str, message_id: str, body: bytes, now: float) -> dict[str, str]:
    """The three headers by which the receiver knows that `body` is ours and fresh.

    Args:
        secret: ``whsec_`` and base64, or bare base64, as the specification has it; any other text is used as it stands.
        message_id: the same over every retry.
        body: as sent, byte for byte.
        now: seconds since the epoch.
    """
    moment = datetime.fromtimestamp(int(now), UTC)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now)),
        "webhook-signature": Webhook(_key(secret)).sign(message_id, moment, body.decode()),
    }


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True) or secret.encode()
    except binascii.Error:
        return secret.encode()

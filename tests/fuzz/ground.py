"""What most cases begin with: a pipeline and two rules, of which one starts the other."""

from __future__ import annotations

import json
from typing import Any

from tests.fuzz.inputs import ACTIONS, EVENT, PIPELINE, bundle_of


def _bytes(document: Any) -> bytes:
    return json.dumps(document).encode()


GROUND = {
    "ground.json": _bytes(PIPELINE),
    "sound.json": _bytes(
        bundle_of(
            [
                {"id": "first", "when": {"event": "approved", "entity": "scene"}, "actions": [{"type": "trigger_qa"}]},
                {"id": "then", "when": {"event": "completed", "entity": "qa"}, "actions": ACTIONS[7:8]},
            ]
        )
    ),
    "event.json": _bytes(EVENT),
}
STANDING = (("pipeline", "import", "{here}/ground.json"), ("rules", "import", "{here}/sound.json"))

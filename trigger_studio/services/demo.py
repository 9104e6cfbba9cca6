"""The demonstration: Aurora's pipeline, and a chain from a variant's approval to the delivery, really run.

The engine, the database, mails and webhooks are the real ones. The farm is simulated, on a clock that only its jobs and
the people of the story move; what people would do, the demonstration does for them and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from trigger_studio import resources
from trigger_studio.engine.clock import Clock, timestamp
from trigger_studio.errors import BadInput
from trigger_studio.frozen import frozen
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.event_codec import parse_event_text
from trigger_studio.model.profile import Profile
from trigger_studio.services import bus, controls, egress, pipeline, rule_registry, trigger_log
from trigger_studio.services.engine_host import make_engine
from trigger_studio.services.receivers import Received, Receivers
from trigger_studio.services.session import Session
from trigger_studio.storage import private
from trigger_studio.storage.rows import firing_key

MINUTE_S = 60.0
WATCHING_S = 40 * MINUTE_S
"""How long the admin takes to look at a cut, and the producer at a delivery."""

BEGIN = "2026-11-19T14:00:00Z"
JUNO = {"id": "evt-000000", "type": "approved", "entity": "variant", "entity_id": "juno-winter", "occurred_at": BEGIN}
"""A chapter before the story: it ends with a scene that waits for a person."""

SECRETS = ("tracker-key",)

HOME = "127.0.0.1"
"""Where its webhooks end."""


@frozen
class Act:
    """What a person did. `at`: RFC 3339, on the story's clock."""

    at: str
    who: str
    what: str


@dataclass(slots=True)
class Story:
    """What happened.

    Attributes:
        chain: of the main chain, from the variant's approval to the delivery.
        firings: every entry of the log, in order of decision.
        people: what people did, in order.
        sent: mails and webhooks, in the order of their firings; one firing's arrive in any order.
    """

    url: str
    chain: str
    firings: list[trigger_log.Entry] = field(default_factory=list)
    people: list[Act] = field(default_factory=list)
    sent: list[Received] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """The main chain, for `--json`."""
        return {
            "database": self.url,
            "chain": self.chain,
            "firings": [entry for entry in self.firings if entry["chain"] == self.chain],
            "people": [asdict(act) for act in self.people],
            "sent": [asdict(item) for item in self.sent],
        }


class StoryClock(Clock):
    """A virtual clock that begins when the story does."""

    def __init__(self, begin: str) -> None:
        super().__init__(virtual=True)
        self._virtual_s = _seconds(begin)

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.advance(self.now() + seconds)


class StorySession(Session):
    """A session whose people act on the story's clock."""

    def __init__(self, url: str, profile: Profile | None) -> None:
        self.clock = StoryClock(BEGIN)
        super().__init__(url, profile=profile)

    def now(self) -> float:
        return self.clock.now()


def fresh_url(folder: Path) -> str:
    """A database file in the folder that is not there yet; earlier demonstrations stay.

    Raises:
        BadInput: the folder is none.
    """
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is not a directory")
    private.make_folder(folder)
    names = ("aurora.db", *(f"aurora-{number}.db" for number in range(2, 1_000_000)))
    return f"sqlite:///{next(folder / name for name in names if not (folder / name).exists()).absolute()}"


def perform(url: str, receivers: Receivers, profile: Profile | None = None) -> Story:
    """Make the pipeline in an empty database and run the story.

    Args:
        receivers: open; everything that leaves goes to them.

    Raises:
        BadInput: the database holds rules already.
    """
    main = _event("event.json")
    story = Story(url, main["id"])
    with StorySession(url, profile) as session:
        if rule_registry.standing(session):
            raise BadInput(
                f"database {session.database.name} holds rules already; the demonstration wants an empty one"
            )
        teller = _Teller(session, story)
        teller.set_up(receivers.url)
        teller.approve("the art director", JUNO)
        session.clock.advance(_seconds(main["occurred_at"]))
        teller.approve("the art director", main)
        while teller.people_act(receivers.received):
            pass
        story.firings = trigger_log.entries(session)
        story.sent = sorted(receivers.received, key=_of_firing)
    return story


class _Teller:
    """Does what people do, runs the engine after each of it, and notes who did what when."""

    def __init__(self, session: StorySession, story: Story) -> None:
        self._session = session
        self._story = story

    def set_up(self, receiver: str) -> None:
        """Import pipeline and rules, and approve those that submit generation jobs."""
        session = self._session
        counts = pipeline.import_file(session, resources.path("demo/pipeline.json"))
        bundle = read_document(resources.path("demo/rules.yaml"))
        _send_here(bundle, receiver)
        rule_registry.publish(session, parse_bundle(bundle, session.profile), verb="rules import")
        self._note(self._admin, f"imports {sum(counts.values())} entities and {len(bundle['rules'])} rules")
        egress.allow(session, (), [HOME])
        for item in rule_registry.standing(session):
            if item.approval == "needed":
                rule_registry.approve(session, item.rule.id)
                self._note(self._admin, f"approves the rule {item.rule.id}, which submits generation jobs")

    @property
    def _admin(self) -> str:
        return f"{self._session.actor} (admin)"

    def approve(self, who: str, event: dict[str, Any]) -> None:
        """Raise a person's approval, and run what follows."""
        now = timestamp(self._session.now())
        given = parse_event_text(orjson.dumps({**event, "occurred_at": now}), self._session.profile)
        self._note(who, f"approves the {given.entity} {given.entity_id}")
        bus.emit(self._session, [("the demonstration", given)])
        self._run()

    def people_act(self, received: list[Received]) -> bool:
        """Answer the oldest gate, or approve the oldest packaged delivery. Returns whether there was one."""
        session = self._session
        for gate in controls.gates(session):
            session.clock.pass_s(WATCHING_S)
            controls.answer_gate(session, gate.id, approve=True)
            self._note(self._admin, f"passes the gate “{gate.message}”")
            self._run()
            return True
        for delivery in pipeline.entities(session, "delivery"):
            if delivery.status == "completed":
                session.clock.pass_s(WATCHING_S)
                self.approve("the producer", _answer(delivery.id, received))
                return True
        return False

    def _run(self) -> None:
        engine = make_engine(self._session, farm=True, until_idle=True)
        engine.clock = self._session.clock
        engine.run_until_idle()

    def _note(self, who: str, what: str) -> None:
        self._story.people.append(Act(timestamp(self._session.now()), who, what))


def _answer(delivery: str, received: list[Received]) -> dict[str, Any]:
    """The producer's approval; it names the firing whose mail it answers, so that the chain goes on."""
    mails = [item.firing for item in received if item.kind == "mail" and delivery in item.text]
    return {
        "id": f"approval-of-{delivery}",
        "type": "approved",
        "entity": "delivery",
        "entity_id": delivery,
        "cause": mails[-1] if mails else None,
    }


def _event(name: str) -> dict[str, Any]:
    event = read_document(resources.path(f"demo/{name}"))
    assert isinstance(event, dict)
    return event


def _send_here(bundle: Any, receiver: str) -> None:
    """Turn the webhooks of a bundle's document to the receiver on this machine."""
    for part in _parts(bundle):
        if part.get("type") == "call_webhook":
            part["url"] = f"{receiver}/{str(part['url']).split('/', 3)[-1]}"


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _parts(item)


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment).astimezone(UTC).timestamp()


def _of_firing(item: Received) -> tuple[tuple[int, int], str, str]:
    return (firing_key(item.firing), item.kind, item.to)

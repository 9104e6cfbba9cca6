"""Rules in and out: import, export, publish, enable, approve, delete, drafts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from trigger_studio.decide.rules import Published
from trigger_studio.errors import BadInput, Message
from trigger_studio.frozen import frozen
from trigger_studio.gc_control import collector_paused
from trigger_studio.model.bundle import bundle_document, parse_bundle, parse_bundles, parse_rule
from trigger_studio.model.bundle_text import rewritten
from trigger_studio.model.check import check_rule
from trigger_studio.model.documents import read_bytes, read_document
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule, digest, document, needs_approval
from trigger_studio.model.yaml_core import write_yaml
from trigger_studio.services.files import is_stream, write_whole
from trigger_studio.services.session import Session
from trigger_studio.storage import in_force, positions, rule_rows
from trigger_studio.storage import rules as store
from trigger_studio.storage.database import Connection
from trigger_studio.storage.rules import Draft


@frozen
class Standing:
    """A rule as it stands.

    Attributes:
        approval: ``""`` when none is needed, else ``approved`` or ``needed``.
    """

    rule: Rule
    revision: int
    approval: str

    @property
    def digest(self) -> str:
        """What an approval stands for."""
        return digest(self.rule)

    def summary(self) -> dict[str, Any]:
        """For `--json`: the rule's document with what stands about it."""
        return {**document(self.rule), "revision": self.revision, "digest": self.digest, "approval": self.approval}


def standing(session: Session) -> list[Standing]:
    """Every rule, by id."""
    with session.database.read() as connection:
        return standing_in(connection, session.profile_in(connection))


def standing_in(connection: Connection, profile: Profile) -> list[Standing]:
    """Every rule as this transaction sees it, by id."""
    approved = _approved(connection)
    return [_standing(item, profile, approved) for item in store.published(connection)]


def damaged(session: Session) -> dict[str, str]:
    """Rules that cannot be read, by id, with the reason; they do not start, and the others are as always."""
    with session.database.read() as connection:
        return store.standing(connection)[1]


def _approved(connection: Connection) -> dict[str, set[str]]:
    """The digests whose approvals stand, by rule."""
    found: dict[str, set[str]] = {}
    for rule_id, stamp in in_force.approved(connection):
        found.setdefault(rule_id, set()).add(stamp)
    return found


def _standing(item: Published, profile: Any, approved: dict[str, set[str]]) -> Standing:
    approval = ""
    if needs_approval(item.rule, profile):
        stamps = approved.get(item.rule.id)  # a rule that never was approved needs no digest made
        approval = "approved" if stamps and digest(item.rule) in stamps else "needed"
    return Standing(item.rule, item.revision, approval)


def one(session: Session, rule_id: str) -> Standing:
    """One rule. Raises NotFound."""
    with session.database.read() as connection:
        item = store.get(connection, rule_id)
        return _standing(item, session.profile_in(connection), _approved(connection))


def summaries(session: Session, connection: Connection, found: Sequence[Any]) -> list[dict[str, Any]]:
    """For `--json`: the rules of these rows of the store, in their order."""
    profile, approved, reader = session.profile_in(connection), _approved(connection), rule_rows.RuleReader()
    published = [Published(reader.rule(row), row.revision) for row in found]
    return [_standing(item, profile, approved).summary() for item in published]


def document_of(item: Standing) -> dict[str, Any]:
    """A rule as a bundle has it."""
    return document(item.rule)


def import_files(session: Session, paths: Sequence[Path]) -> list[Standing]:
    """Import bundles, all of them or nothing; an id that exists gets a new revision. Returns them by id."""
    with collector_paused():  # nearly all that is made here stays until the end
        documents = [(str(path), read_document(path, str(path))) for path in paths]
        profile = session.profile
        rules = parse_bundles(documents, profile, plain=True)
        documents.clear()
        return import_rules(session, rules, profile)


def import_rules(session: Session, rules: Sequence[Rule], read_by: Profile | None = None) -> list[Standing]:
    """Publish the rules of bundles, all or none; an id that exists gets a new revision. Returns them by id."""
    saved = publish(session, rules, verb="rules import", read_by=read_by)
    with session.database.read() as connection:
        approved, profile = _approved(connection), session.profile_in(connection)
    return [_standing(item, profile, approved) for item in sorted(saved, key=lambda item: item.rule.id)]


def publish(
    session: Session,
    rules: Sequence[Rule],
    *,
    base: dict[str, int] | None = None,
    verb: str = "rules publish",
    read_by: Profile | None = None,
    drafts: bool = True,
) -> list[Published]:
    """Publish rules as new revisions; with `base`, only if each still stands at the revision it was edited from.

    Args:
        read_by: the profile that the rules were just checked by.
        drafts: with `base`, forget the actor's drafts of them, which they were made of.

    Raises:
        Stale: somebody published a newer revision; nothing was published.
        BadInput: somebody has replaced the profile since the rules were read, and they do not fit the new one.
    """
    ids = [rule.id for rule in rules]
    with session.audited(verb, ", ".join(ids)[:200], rules=ids) as connection:
        saved = store.save(connection, rules, author=session.actor, at=session.now(), base=base)
        current = in_force.profile(connection)
        if current != read_by:
            _fit(rules, current)
        for rule_id in ids:
            if base is not None and drafts:
                store.drop_draft(connection, rule_id, owner=session.actor)
        return saved


def _fit(rules: Sequence[Rule], profile: Profile | None) -> None:
    """A rule that does not fit the profile in force could not be compiled, and no engine could go on."""
    if profile is not None:
        faults = [fault for rule in rules for fault in check_rule(rule, profile, f"rule {rule.id}")]
        if faults:
            raise BadInput(faults)


def export(session: Session) -> dict[str, Any]:
    """All rules as a bundle document."""
    return bundle_of(standing(session))


def bundle_of(rules: Sequence[Standing]) -> dict[str, Any]:
    """These rules as a bundle document."""
    return bundle_document(item.rule for item in rules)


def bundle_text(bundle: dict[str, Any], *, as_json: bool = False) -> str:
    """A bundle document as YAML, or as JSON."""
    return (
        orjson.dumps(bundle, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
        if as_json
        else write_yaml(bundle)
    )


def write_bundle(bundle: dict[str, Any], path: Path) -> None:
    """Write a bundle document to a file, whole or not at all: JSON if its name ends so, else YAML.

    A YAML bundle that is there keeps its order and the lines of rules that did not change; see `bundle_text`.

    Raises:
        Unavailable: the file cannot be written; what it held is still there.
    """
    as_json = path.suffix.lower() == ".json"
    text = None if as_json else _kept(path, bundle)
    write_whole(path, (text or bundle_text(bundle, as_json=as_json)).encode())


def _kept(path: Path, bundle: dict[str, Any]) -> str | None:
    """The bundle's text in the words of the file that is there; None if it says nothing of the kind."""
    if not path.is_file() or is_stream(path):
        return None
    try:
        with collector_paused():
            return rewritten(read_bytes(path).decode(), bundle)
    except (BadInput, UnicodeDecodeError):  # unreadable, too large or no text: it will be replaced
        return None


def set_enabled(session: Session, rule_id: str, enabled: bool, *, base: int | None = None) -> Published:
    """Enable or disable a rule, as a new revision. Raises NotFound; with `base`, as `publish`."""
    return switch(session, [rule_id], enabled, base=base)[0]


def switch(session: Session, rule_ids: Sequence[str], enabled: bool, *, base: int | None = None) -> list[Published]:
    """Enable or disable several rules, all of them or none, each as a new revision. Raises NotFound."""
    verb, at = "rules enable" if enabled else "rules disable", session.now()
    with session.audited(verb, ", ".join(rule_ids)[:200]) as connection:
        store.expect(connection, rule_ids, base)
        return [store.set_enabled(connection, rule, enabled, author=session.actor, at=at) for rule in rule_ids]


def delete(session: Session, rule_id: str, *, base: int | None = None) -> None:
    """Delete a rule; its history stays. Raises NotFound; with `base`, as `publish`."""
    delete_all(session, [rule_id], base=base)


def delete_all(session: Session, rule_ids: Sequence[str], *, base: int | None = None) -> None:
    """Delete several rules, all of them or none; their history stays. Raises NotFound."""
    with session.audited("rules delete", ", ".join(rule_ids)[:200]) as connection:
        store.expect(connection, rule_ids, base)
        for rule_id in rule_ids:
            store.delete(connection, rule_id, author=session.actor, at=session.now())
            positions.forget_rule(connection, rule_id)


def approve(session: Session, rule_id: str, *, base: int | None = None) -> str:
    """Approve a rule as it stands; any other edit ends the approval. Returns the digest.

    Raises:
        NotFound: no such rule.
        Stale: with `base`, it does not stand at that revision.
    """
    with session.audited("rules approve", rule_id) as connection:
        store.expect(connection, [rule_id], base)
        return store.approve(connection, rule_id, by=session.actor, at=session.now())


def save_draft(session: Session, rule_id: str, base_revision: int, content: dict[str, Any]) -> None:
    """Keep a private draft; it may have faults."""
    with session.database.write() as connection:
        store.save_draft(connection, Draft(rule_id, base_revision, content), owner=session.actor, at=session.now())


def drop_draft(session: Session, rule_id: str) -> None:
    """Forget a private draft."""
    with session.database.write() as connection:
        store.drop_draft(connection, rule_id, owner=session.actor)


def drafts(session: Session) -> list[Draft]:
    """The actor's own drafts."""
    with session.database.read() as connection:
        return drafts_in(session, connection)


def drafts_in(session: Session, connection: Connection) -> list[Draft]:
    """The same, in a transaction that reads."""
    return store.drafts(connection, session.actor)


def checked(session: Session, content: dict[str, Any]) -> Rule:
    """A rule's document as a rule. Raises BadInput with every fault."""
    if not isinstance(content, dict):
        raise BadInput(Message("a rule is a mapping"))
    return parse_rule(content, session.profile)


def checked_bundle(session: Session, content: Any) -> list[Rule]:
    """A bundle's document as rules. Raises BadInput with every fault."""
    return parse_bundle(content, session.profile)

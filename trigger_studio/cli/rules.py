"""``rules``: in and out, on and off, approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed
from trigger_studio.model.counting import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trigger_studio.services.rule_registry import Standing

app = typer.Typer()
rules = typer.Typer(name="rules", help="Rules in and out, on and off, approved.")
app.add_typer(rules)

RuleId = Annotated[str, typer.Argument(metavar="ID", help="The rule's id.")]


@rules.command("import")
@placed
def import_(
    place: CliContext,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Rule bundles, YAML or JSON.")],
) -> None:
    """Import rule bundles.

    All of them or nothing; an id that exists gets a new revision, and rules that no bundle names stay.
    """
    from trigger_studio.services import rule_registry

    with place.writing() as session, output.working("importing rules"):
        standing = rule_registry.import_files(session, files)
    if place.json:
        _write(standing)
        return
    output.show(f"Imported {count(len(standing), 'rule')}.")
    if needed := [item.rule.id for item in standing if item.approval == "needed"]:
        output.show(f"An admin's approval is needed ('rules approve ID') for: {', '.join(needed)}")


@rules.command("export")
@placed
def export(
    place: CliContext,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="YAML, or JSON if its name ends so; else standard output.")
    ] = None,
) -> None:
    """Write all rules as one bundle.

    Over a bundle in YAML: in its order, and with its own lines and comments for rules that did not change.
    """
    from trigger_studio.services import rule_registry

    with place.reading() as session:
        bundle = rule_registry.export(session)
    if file is not None:
        rule_registry.write_bundle(bundle, file)
    if place.json:
        output.write_json(bundle)
    elif file is None:
        output.write_text(rule_registry.bundle_text(bundle))
    else:
        output.show(f"Exported {count(len(bundle['rules']), 'rule')} to {file}.")


@rules.command("list")
@placed
def list_(place: CliContext) -> None:
    """List every rule as it stands."""
    from trigger_studio.services import rule_registry

    with place.reading() as session:
        standing, damaged = rule_registry.standing(session), rule_registry.damaged(session)
    if place.json:
        lost = [{"id": rule_id, "reason": reason} for rule_id, reason in damaged.items()]
        output.write_json({"rules": [item.summary() for item in standing], **({"damaged": lost} if lost else {})})
        return
    for rule_id, reason in damaged.items():
        output.show(f"Damaged, and does not start: {rule_id} ({reason}).")
    if not standing and damaged:
        return
    if not standing:
        output.show("There are no rules yet; 'rules import FILE' brings some in.")
    else:
        output.show(
            output.table(
                ("rule", "when", "project", "priority", "on", "revision", "approval", "name"), map(_line, standing)
            )
        )


def _line(item: Standing) -> Sequence[object]:
    rule = item.rule
    on = "yes" if rule.enabled else "no"
    when = f"{rule.when.entity} {rule.when.event}"
    return rule.id, when, rule.project or "every", rule.priority, on, item.revision, item.approval, rule.name


@rules.command("show")
@placed
def show(place: CliContext, rule_id: RuleId) -> None:
    """Show one rule.

    As a bundle would hold it, with its revision and whether its approval stands.
    """
    from trigger_studio.services import rule_registry

    with place.reading() as session:
        item = rule_registry.one(session, rule_id)
    if place.json:
        _write([item])
        return
    approval = f", approval {item.approval}" if item.approval else ""
    output.show(f"# revision {item.revision}{approval}, digest {item.digest}")
    output.write_text(rule_registry.bundle_text(rule_registry.bundle_of([item])))


@rules.command("enable")
@placed
def enable(place: CliContext, rule_id: RuleId) -> None:
    """Switch a rule on."""
    _switch(place, rule_id, True)


@rules.command("disable")
@placed
def disable(place: CliContext, rule_id: RuleId) -> None:
    """Switch a rule off.

    Its firings that have started go on.
    """
    _switch(place, rule_id, False)


def _switch(place: CliContext, rule_id: str, enabled: bool) -> None:
    from trigger_studio.services import rule_registry

    with place.writing() as session:
        rule_registry.set_enabled(session, rule_id, enabled)
        item = rule_registry.one(session, rule_id)
    _tell(place, item, f"Rule {rule_id} is {'enabled' if enabled else 'disabled'}, revision {item.revision}.")


@rules.command("delete")
@placed
def delete(place: CliContext, rule_id: RuleId) -> None:
    """Delete a rule.

    Its history stays in the log.
    """
    from trigger_studio.services import rule_registry

    with place.writing() as session:
        item = rule_registry.one(session, rule_id)
        rule_registry.delete(session, rule_id)
    _tell(place, item, f"Rule {rule_id} is deleted.")


@rules.command("approve")
@placed
def approve(place: CliContext, rule_id: RuleId) -> None:
    """Approve a rule that submits generation jobs.

    It is approved as it stands; any edit but of its name, description, priority or switch ends the approval.
    """
    from trigger_studio.services import rule_registry

    with place.writing() as session:
        rule_registry.approve(session, rule_id)
        item = rule_registry.one(session, rule_id)
        who = session.actor
    _tell(place, item, f"Rule {rule_id}, revision {item.revision}, is approved by {who} (the local user is admin).")


def _tell(place: CliContext, item: Standing, sentence: str) -> None:
    if place.json:
        _write([item])
    else:
        output.show(sentence)


def _write(standing: Sequence[Standing]) -> None:
    output.write_json({"rules": [item.summary() for item in standing]})

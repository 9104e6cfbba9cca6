"""``outside``: what webhooks may reach."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed

if TYPE_CHECKING:
    from trigger_studio.execution.egress import EgressPolicy

app = typer.Typer()
outside = typer.Typer(name="outside", help="What webhooks may reach: hosts and networks, set for everyone.")
app.add_typer(outside)

HostOption = Annotated[
    list[str] | None,
    typer.Option("--host", metavar="HOST", help="hooks.example.org, *.example.org or HOST:PORT; may be repeated."),
]
NetworkOption = Annotated[
    list[str] | None,
    typer.Option("--network", metavar="NETWORK", help="10.20.0.0/16 or an address; may be repeated."),
]


@outside.command("show")
@placed
def show(place: CliContext) -> None:
    """Show what webhooks may reach."""
    from trigger_studio.services import egress as service

    with place.reading() as session:
        _tell(place, service.show(session))


@outside.command("allow")
@placed
def allow(place: CliContext, host: HostOption = None, network: NetworkOption = None) -> None:
    """Allow hosts, or networks that are not on the internet.

    While no host is named, every host on the internet may be called; as soon as one is, only those that are named.
    Addresses that are not on the internet, such as 127.0.0.1 or 10.1.2.3, may be called in the named networks only.
    """
    from trigger_studio.services import egress as service

    with place.writing() as session:
        _tell(place, service.allow(session, host or (), network or ()))


@outside.command("forbid")
@placed
def forbid(place: CliContext, host: HostOption = None, network: NetworkOption = None) -> None:
    """Take back what 'allow' has allowed."""
    from trigger_studio.services import egress as service

    with place.writing() as session:
        _tell(place, service.forbid(session, host or (), network or ()))


def _tell(place: CliContext, found: EgressPolicy) -> None:
    if place.json:
        output.write_json(asdict(found))
        return
    output.show(
        f"Hosts: {', '.join(found.hosts) or 'any on the internet'}.",
        f"Networks that are not on the internet: {', '.join(found.networks) or 'none'}.",
    )

"""``token``: what programs come in by."""

from __future__ import annotations

from typing import Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed

app = typer.Typer()
token = typer.Typer(name="token", help="What programs come in by: 'serve' lets in whoever shows one.")
app.add_typer(token)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="What the audit trail says of its bearer.")]


@token.command("add")
@placed
def add(
    place: CliContext,
    name: NameArgument,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="viewer, worker, creator or admin.")],
    project: Annotated[str | None, typer.Option("--project", metavar="ID", help="Good for this project only.")] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="TIME", help="In what time it ends: 12h, 90d; never if left out.")
    ] = None,
) -> None:
    """Make a token.

    It is shown once, and kept nowhere: whoever lost one makes another.
    """
    from trigger_studio.services import tokens

    with place.writing() as session:
        made = tokens.add(session, name, role, project=project, expires=expires)
        document = tokens.document(made.token, session.now())
    if place.json:
        output.write_json({"tokens": [document], "secret": made.secret})
    else:
        output.show(made.secret)
        output.complain(f"note: this is the only time that the token of '{name}' is shown")


@token.command("list")
@placed
def list_(place: CliContext) -> None:
    """List the tokens, and when each was used last."""
    from trigger_studio.services import tokens

    with place.reading() as session:
        found = [tokens.document(item, session.now()) for item in tokens.read(session)]
    if place.json:
        output.write_json({"tokens": found})
    elif not found:
        output.show("There are no tokens yet; 'token add NAME --role ROLE' makes one.")
    else:
        columns = ("name", "role", "project", "state", "created_at", "expires_at", "used_at")
        rows = [[item[key] or "" for key in columns] for item in found]
        output.show(output.table(("token", "role", "project", "state", "since", "until", "last used"), rows))


@token.command("revoke")
@placed
def revoke(place: CliContext, name: NameArgument) -> None:
    """Revoke a token.

    Servers let nobody in by it any more, within a second.
    """
    from trigger_studio.services import tokens

    with place.writing() as session:
        tokens.revoke(session, name)
    if place.json:
        output.write_json({"revoked": [name]})
    else:
        output.show(f"The token of '{name}' is revoked.")

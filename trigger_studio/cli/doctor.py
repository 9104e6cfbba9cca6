"""``doctor``: what is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed
from trigger_studio.model.counting import count

app = typer.Typer()


@app.command("doctor")
@placed
def doctor(place: CliContext) -> None:
    """Say what is wrong, and what to do about it.

    The checks: this machine, the database, and what the rules need. Nothing is changed. The exit status is 1 if
    anything is wrong.
    """
    from trigger_studio.services.doctor import examine

    with output.working("looking"):
        found = examine(place.url)
    well = all(finding.state != "wrong" for finding in found)
    if place.json:
        output.write_json({"ok": well, "checks": [asdict(finding) for finding in found]})
    else:
        width = max(len(finding.check) for finding in found)
        for finding in found:
            output.show(" ".join(f"{finding.state:7} {finding.check:{width}}  {finding.says}".splitlines()))
            if finding.do:
                output.show(f"{'':{width + 8}}→ {finding.do}")
        if not well:
            number = sum(finding.state == "wrong" for finding in found)
            output.show(f"\n{count(number, 'thing')} wrong; what to do stands behind the arrows.")
    if not well:
        raise typer.Exit(1)

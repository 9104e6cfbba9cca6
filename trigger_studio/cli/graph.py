"""``graph``: the chain graph as data, as text for other programs, or as a picture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from trigger_studio.cli import output
from trigger_studio.cli.above import above
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.options import placed
from trigger_studio.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from trigger_studio.services.pictures import Scene

app = typer.Typer()

Form = Literal["json", "svg", "png", "pdf", "mermaid", "dot"]
Theme = Literal["light", "dark"]
SUFFIXES: dict[str, Form] = {
    ".json": "json", ".svg": "svg", ".png": "png", ".pdf": "pdf", ".mmd": "mermaid", ".dot": "dot", ".gv": "dot",
}  # fmt: skip
BINARY = ("png", "pdf")


@app.command("graph")
@placed
def graph(
    place: CliContext,
    form: Annotated[
        Form | None, typer.Option("--format", help="What to write; by default what --out ends in, else json.")
    ] = None,
    project: Annotated[str | None, typer.Option("--project", metavar="ID", help="As this project sees it.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it there instead of on standard output.")
    ] = None,
    theme: Annotated[Theme, typer.Option("--theme", help="The colours of a picture.")] = "light",
) -> None:
    """Write the chain graph.

    Every rule's flow from its event to what it emits, and which rules start which. Pictures are drawn by the studio's
    own painter.
    """
    from trigger_studio.services import pictures
    from trigger_studio.services.files import write_whole

    wanted = form or _by_suffix(out)
    if place.json and wanted != "json":
        raise BadInput(f"--json and --format {wanted} exclude each other; give one of them")
    if wanted in BINARY and out is None and sys.stdout.isatty():
        raise BadInput(f"a {wanted} is nothing to read on a terminal; give --out FILE")
    with place.reading() as session:
        scene = pictures.scene(session, project)
    content = _made(scene, wanted, theme)
    if out is None:
        output.write_bytes(content)
    else:
        write_whole(out, content)


def _by_suffix(out: Path | None) -> Form:
    if out is None:
        return "json"
    if out.suffix.lower() not in SUFFIXES:
        raise BadInput(f"{out}: its ending names no format; give --format, or one of {', '.join(SUFFIXES)}")
    return SUFFIXES[out.suffix.lower()]


def _made(scene: Scene, form: str, theme: str) -> bytes:
    from trigger_studio.analysis.graph import export
    from trigger_studio.model.printing import steerless
    from trigger_studio.services.pictures import PICTURES

    if form in PICTURES:
        if above.painter is None:
            raise Unavailable("this command line was started without the studio's painter")
        return above.painter(scene, form, theme)
    if form == "json":
        return steerless((export.to_json(scene.graph) + "\n").encode())
    return (export.to_mermaid(scene.graph) if form == "mermaid" else export.to_dot(scene.graph)).encode()

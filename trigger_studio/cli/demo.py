"""``open`` and ``demo``: the window, and a pipeline to look at."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Annotated

import typer

from trigger_studio.cli import output
from trigger_studio.cli.context import CliContext
from trigger_studio.cli.opening import check_display, launch, open_window
from trigger_studio.cli.options import placed
from trigger_studio.errors import BadInput
from trigger_studio.model.counting import count

if TYPE_CHECKING:
    from trigger_studio.services.demo import Story

app = typer.Typer()

FARM_SPEED = 600.0
"""In the demonstration's window an hour of rendering takes six seconds."""


@app.command("open")
@placed
def open_(
    place: CliContext,
    bundle: Annotated[
        Path | None, typer.Argument(metavar="BUNDLE", help="A rule bundle to look at and edit as drafts.")
    ] = None,
) -> None:
    """Open the studio's window."""
    raise typer.Exit(open_window(place, bundle))


@app.command("demo")
@placed
def demo(
    place: CliContext,
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Where its database goes; a temporary folder if left out.")
    ] = None,
    headless: Annotated[
        bool, typer.Option("--headless", help="Print the story instead of opening the window.")
    ] = False,
    screenshot: Annotated[
        Path | None, typer.Option("--screenshot", metavar="FILE.png", help="Save a picture of the window, and end.")
    ] = None,
) -> None:
    """Run a demonstration pipeline, and open the studio on it.

    It has rules and a history: a chain from a variant's approval to the delivery, on a simulated farm. The
    demonstration plays the people of the story; mails and webhooks are received on this machine and do not leave it.
    Your own database is not touched: only a new file, or what --db names here.
    """
    from trigger_studio.cli.bugs import told
    from trigger_studio.services import demo as service
    from trigger_studio.services.receivers import Receivers

    if screenshot is not None and screenshot.suffix.lower() != ".png":
        raise BadInput(f"{screenshot}: the picture's name must end in .png")
    quiet = headless or place.json
    if not quiet and screenshot is None:
        check_display()
    url = _demo_url(place, folder)
    profile = place.load_profile() if place.profile else None
    with told(), Receivers(service.SECRETS) as receivers:
        with output.working("running the demonstration"):
            story = service.perform(url, receivers, profile)
        if place.json:
            output.write_json(story.document())
        elif headless:
            _tell(story)
        else:
            output.show(f"The demonstration is in {url}")
        if screenshot is not None or not quiet:
            raise typer.Exit(launch(url, screenshot=screenshot, farm_speed=FARM_SPEED))


def _demo_url(place: CliContext, folder: Path | None) -> str:
    """Never the studio's own database, unless it is named on this very command."""
    from trigger_studio.services.demo import fresh_url

    if folder is not None and place.db is not None:
        raise BadInput("DIR and --db exclude each other; give one of them")
    return place.db or fresh_url(folder or Path(mkdtemp(prefix="trigger-studio-demo-")))


def _tell(story: Story) -> None:
    from trigger_studio.cli.story import told

    output.show(
        f"Aurora, on the simulated farm's clock, in {story.url}",
        "What people do here, the demonstration does for them, as the local user, who is admin.",
        "",
        *told(story.firings, [(act.at, f"{act.who} {act.what}") for act in story.people]),
        "",
        "Sent, and received on this machine:",
        *(f"  {item.kind} to {item.to} by {item.firing}: {item.text}" for item in story.sent),
        "",
    )
    jobs = sum(len(entry["jobs"]) for entry in story.firings)
    firings = count(len(story.firings), "firing")
    output.show(f"{firings}, {count(jobs, 'job')}, {len(story.sent)} sent; the main chain is {story.chain}.")

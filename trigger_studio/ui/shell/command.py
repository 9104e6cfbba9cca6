"""What the window knows of a command: what it is called, does, needs and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from trigger_studio.frozen import frozen
from trigger_studio.studio.document import Document

if TYPE_CHECKING:
    from trigger_studio.ui.shell.handlers import Handlers


class Context(Enum):
    """The parts of the menus on the flowchart and in the list, in their order; `GROUND` is a menu of its own."""

    ANY = "whatever is selected"
    STEP_PLACE = "where one step stands"
    STEP_GROUP = "the group that one step stands in"
    STEP_FOLLOWERS = "what follows one step"
    RULE = "the rule"
    GROUND = "nothing is selected"


class Label(Enum):
    """Whether a command's title stands beside its icon in the toolbar."""

    ALWAYS = "always"
    IF_ROOM = "if there is room"
    NEVER = "never"


def _always(_document: Document) -> bool:
    return True


def is_open(document: Document) -> bool:
    """A pipeline is open."""
    return document.profile is not None


def is_selected(document: Document) -> bool:
    """A rule is selected."""
    return bool(document.selected)


def has_draft(document: Document) -> bool:
    """The selected rule has a private draft."""
    return document.working(document.selected) is not None


def can_publish(document: Document) -> bool:
    """It has one without problems."""
    return has_draft(document) and document.checked(document.selected).rule is not None


def is_published(document: Document) -> bool:
    """The selected rule is published."""
    return document.standing(document.selected) is not None


def needs_approval(document: Document) -> bool:
    """It waits for an admin."""
    standing = document.standing(document.selected)
    return standing is not None and standing.approval == "needed"


def has_project(document: Document) -> bool:
    """It is published, for one project."""
    standing = document.standing(document.selected)
    return standing is not None and standing.rule.project is not None


@frozen
class Command:
    """A command.

    Attributes:
        id: its name in the code, and its action's object name.
        title, tip: for people, in English.
        menu: where it stands in the menu bar.
        run: what it does.
        keys: its shortcut.
        icon: by name.
        enabled: whether it can be used now.
        checkable: it is a switch.
        local: its keys count only where rules and steps are selected, so that they mean what they always do elsewhere.
        toolbar: its place there, 0 for none; the tens are groups with a line between.
        label: whether its title stands beside its icon in the toolbar.
        context: the parts of the flowchart's menus that it stands in.
    """

    id: str
    title: str
    menu: str
    run: Callable[[Handlers], object]
    keys: str = ""
    icon: str = ""
    tip: str = ""
    enabled: Callable[[Document], bool] = _always
    checkable: bool = False
    local: bool = False
    toolbar: int = 0
    label: Label = Label.ALWAYS
    context: tuple[Context, ...] = ()

"""Templates of rules: what most studios want first, each a bundle of one rule with what a person is asked for."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from trigger_studio import resources
from trigger_studio.errors import BadInput
from trigger_studio.frozen import frozen
from trigger_studio.model.bundle import parse_bundle
from trigger_studio.model.documents import read_document
from trigger_studio.model.profile import Profile
from trigger_studio.model.rule import Rule

FOLDER = "templates"


class Blank(BaseModel):
    """What a person is asked for.

    Attributes:
        path: where in the rule the answer goes.
        ask: ``characters`` (any, or some), ``addresses`` (of mail), ``address`` (of the web).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    path: str
    ask: str
    label: str


class _Entry(BaseModel):
    """What the gallery's file says of one template."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    keywords: tuple[str, ...]
    blanks: tuple[Blank, ...] = ()


class _Gallery(BaseModel):
    """The gallery's file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: str = Field(pattern=r"^trigger-studio-gallery/1$")
    templates: tuple[_Entry, ...]


@frozen
class Template:
    """A rule to begin with. Its name and description are the template's."""

    rule: Rule
    keywords: tuple[str, ...]
    blanks: tuple[Blank, ...]

    @property
    def id(self) -> str:
        """Its rule's id, unique in the gallery."""
        return self.rule.id

    def matches(self, sought: str) -> bool:
        """Whether every word sought is somewhere in its name, description or keywords."""
        text = " ".join((self.rule.name, self.rule.description, *self.keywords)).casefold()
        return all(word in text for word in sought.casefold().split())


def templates(profile: Profile) -> tuple[Template, ...]:
    """The templates that fit a profile, in the gallery's order; a studio's own may lack what some are about."""
    folder = resources.path(FOLDER)
    found = []
    for entry in _Gallery.model_validate(read_document(folder / "gallery.yaml")).templates:
        document = read_document(folder / f"{entry.id}.yaml")
        try:
            [rule] = parse_bundle(document, profile)
        except BadInput:
            continue
        found.append(Template(rule, entry.keywords, entry.blanks))
    return tuple(found)

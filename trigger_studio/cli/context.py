"""Where a command works: what the common options said, and the session they open."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from trigger_studio.errors import BadInput, Fault, allowed
from trigger_studio.frozen import frozen
from trigger_studio.gc_control import collector_paused

if TYPE_CHECKING:
    from trigger_studio.model.profile import Profile
    from trigger_studio.services.session import Session
    from trigger_studio.storage.database import Database

DB_VARIABLE, PROFILE_VARIABLE = "TRIGGER_STUDIO_DB", "TRIGGER_STUDIO_PROFILE"


@frozen
class CliContext:
    """What the common options said.

    Attributes:
        db: the database's URL if one was given by option.
        profile: the profile's file if one was given by option.
        json: answer with JSON.
    """

    db: str | None = None
    profile: Path | None = None
    json: bool = False

    @property
    def url(self) -> str:
        """The database's URL: by option, by environment, or the file in the user's data folder."""
        given = os.environ.get(DB_VARIABLE) if self.db is None else self.db
        if given == "":  # an unset variable in a script must not end up in somebody's own database
            raise BadInput(f"the database's URL is empty; give --db URL, or leave --db and ${DB_VARIABLE} out")
        return default_url() if given is None else given

    def load_profile(self) -> Profile | None:
        """The profile by option or environment; None for the stored one."""
        from trigger_studio.model.profiles import load_profile

        given = self.profile or os.environ.get(PROFILE_VARIABLE)
        return load_profile(Path(given)) if given else None

    def reading(self) -> Session:
        """A session that stores nothing, not even the given profile."""
        return self._open(keep_profile=False)

    def writing(self) -> Session:
        """A session for a command that changes something; the given profile comes into force."""
        return self._open(keep_profile=True)

    def _open(self, *, keep_profile: bool) -> Session:
        with collector_paused():  # what is loaded here stays
            from trigger_studio.services.session import Session

            return Session(self.url, profile=self.load_profile(), keep_profile=keep_profile)

    def database(self) -> Database:
        """The database as it is, whatever its schema."""
        from trigger_studio.storage.database import Database

        return Database(self.url)


def default_url() -> str:
    """An SQLite file in the user's data folder."""
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path('trigger-studio', appauthor=False) / 'studio.db'}"


def check_job_types(profile: Profile, names: Collection[str]) -> None:
    """Refuse names of job types that the profile does not know, all in one answer."""
    known = profile.job_types
    if wrong := [name for name in names if name not in known]:
        raise BadInput([Fault("--fail", f"unknown job type '{name}'; {allowed(known, name)}") for name in wrong])

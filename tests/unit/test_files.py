"""Files that people name are written whole or not at all, by one function, and nothing but plain files is replaced."""

from __future__ import annotations

import ast
import contextlib
import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import trigger_studio
from trigger_studio.cli import bugs
from trigger_studio.errors import BadInput, Unavailable
from trigger_studio.services.files import replacing, write_whole

PACKAGE = Path(trigger_studio.__file__).parent
WRITERS = {"services/files.py", "storage/private.py"}
"""The only modules that may open a file to write it."""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_new_file_is_as_the_umask_has_it_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "out.svg"
    write_whole(path, b"one")
    assert (path.read_bytes(), mode(path)) == (b"one", 0o644)
    path.chmod(0o640)
    write_whole(path, b"two")
    assert (path.read_bytes(), mode(path)) == (b"two", 0o640)
    write_whole(path, b"three", private=True)
    assert (path.read_bytes(), mode(path)) == (b"three", 0o600)
    assert os.listdir(tmp_path) == ["out.svg"]


def test_a_planted_part_is_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / ".out.svg.part").symlink_to(victim)
    write_whole(tmp_path / "out.svg", b"one")
    assert victim.read_bytes() == b"precious"
    assert (tmp_path / "out.svg").read_bytes() == b"one"


def test_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "folder" / "real.svg", tmp_path / "out.svg"
    real.parent.mkdir()
    link.symlink_to(Path("folder") / "real.svg")
    for content in (b"one", b"two"):  # what it leads to is not there at first
        write_whole(link, content)
        assert link.is_symlink()
        assert real.read_bytes() == content
    assert os.listdir(real.parent) == ["real.svg"]


def test_a_pipe_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe, heard = tmp_path / "pipe", list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"x" * 200_000)
    reader.join(10)
    assert heard == [b"x" * 200_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a device")
def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        device.open("wb").close()
    except OSError:
        pytest.skip("this machine lets nobody make or use a device here")
    write_whole(device, b"one")
    assert stat.S_ISCHR(device.lstat().st_mode)
    write_whole(Path("/dev/null"), b"one")
    assert stat.S_ISCHR(Path("/dev/null").lstat().st_mode)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"before")
    with pytest.raises(Unavailable, match="No space left"):
        _fill_the_disk(old)
    assert old.read_bytes() == b"before"
    with pytest.raises(Unavailable, match="Is a directory"):
        write_whole(tmp_path, b"x")
    with pytest.raises(Unavailable, match="No such file"):
        write_whole(tmp_path / "none" / "x", b"x")
    assert os.listdir(tmp_path) == ["old"]


def _fill_the_disk(path: Path) -> None:
    with replacing(path) as part:
        part.write_bytes(b"half")
        raise OSError(28, "No space left on device")


def test_the_log_of_faults_is_the_owners_alone_and_follows_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    state = tmp_path / "home" / "state" / "trigger-studio"
    where = bugs.keep(ValueError("a"))
    assert where == f"details in {state / 'errors.log'}"
    assert (mode(state), mode(state / "errors.log")) == (0o700, 0o600)
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (state / "errors.log").unlink()
    (state / "errors.log").symlink_to(victim)
    (tmp_path / "tmp").mkdir()
    assert bugs.keep(ValueError("a")).startswith(f"details in {tmp_path / 'tmp'}/trigger-studio-{os.geteuid()}-")
    assert victim.read_bytes() == b"precious"


def _bare(tree: ast.AST) -> Iterator[int]:
    """Lines of calls that open a file to write it, or write one."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = call.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = getattr(function.value, "id", "") if isinstance(function, ast.Attribute) else ""
        modes = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        modes += [
            str(word.value.value)
            for word in call.keywords
            if word.arg == "mode" and isinstance(word.value, ast.Constant)
        ]
        opens = name in ("open", "fdopen") and any(set(text) & set("wax+") and len(text) < 4 for text in modes)
        writes = isinstance(function, ast.Attribute) and name in ("write_text", "write_bytes") and owner != "output"
        others = name in ("NamedTemporaryFile", "mkstemp", "QSaveFile", "copyfile", "copy2", "touch")
        system = (
            name == "open"
            and owner == "os"
            and "O_RDONLY" not in ast.unparse(call)
            and "devnull" not in ast.unparse(call)
        )
        saves = name == "save" and any("path" in ast.unparse(arg) and "str(" in ast.unparse(arg) for arg in call.args)
        if opens or writes or others or system or saves:
            yield call.lineno


def test_the_search_finds_every_way_of_writing() -> None:
    ways = (
        'open(p, "w")', 'p.open("wb")', 'p.open(mode="a")', 'open(p, "r+b")', "p.write_text(t)", "p.write_bytes(b)",
        "os.open(p, os.O_CREAT | os.O_WRONLY)", 'os.fdopen(n, "w")', "pixmap.save(str(path))", "p.touch()",
    )  # fmt: skip
    assert [way for way in ways if not list(_bare(ast.parse(way)))] == []
    others = ('open(p, "rb")', "p.open()", "output.write_text(t)", "window.open()", "painter.save()")
    assert [way for way in others if list(_bare(ast.parse(way)))] == []


def test_every_file_is_written_by_one_function() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if str(path.relative_to(PACKAGE)) not in WRITERS
        for line in _bare(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert [place for place in found if not place.startswith("cli/main.py")] == []  # a stream that leads nowhere


@pytest.mark.parametrize("name", ["studio.db", "studio.db-wal", "link"])
def test_nothing_takes_the_place_of_a_database(tmp_path: Path, name: str) -> None:
    database = tmp_path / "studio.db"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE users (id)")
    (tmp_path / "studio.db-wal").write_bytes(b"journal")
    (tmp_path / "link").symlink_to(database)
    before = database.read_bytes()
    with pytest.raises(BadInput, match="is a database; name another file"):
        write_whole(tmp_path / name, b"rules: []")
    assert database.read_bytes() == before

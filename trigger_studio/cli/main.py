"""``trigger-studio``: one command, and how faults reach a person.

Exit status: 0 done; 1 the answer is no; 2 bad input or an unwilling world, with one line per fault on standard error;
70 a fault of ours, whose traceback goes to a file.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Sequence

from trigger_studio.cli import opening, output, stopping
from trigger_studio.cli.above import Painter, Server, Window, above
from trigger_studio.cli.shortage import shortage
from trigger_studio.errors import BadInput, TriggerStudioError

BAD_INPUT, BUG, INTERRUPTED, CLOSED_PIPE = 2, 70, 130, 141
_DISK_FAULTS = (errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO, errno.EFBIG)


def main(
    argv: Sequence[str] | None = None,
    *,
    window: Window | None = None,
    painter: Painter | None = None,
    server: Server | None = None,
) -> int:
    """Run one command. Returns its exit status; nothing is raised.

    Args:
        argv: the arguments; None for the process's own.
        window: opens the window; a room above this one hands it down.
        painter: draws pictures without a window; handed down likewise.
        server: serves the REST API; handed down likewise.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    above.window, above.painter, above.server = window, painter, server
    _open_streams()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that lacks a letter is no reason to fail
    try:
        _check_text(arguments)
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except TriggerStudioError as error:
        output.complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _close_pipe()
    except OSError as error:
        if shortage(error) or (error.filename is None and error.errno not in _DISK_FAULTS):
            return _tell_bug(error)
        where = f"{error.filename}: " if error.filename is not None else ""
        output.complain(f"{where}{error.strerror or error}")
        return BAD_INPUT
    except Exception as error:  # noqa: BLE001 - here is where faults of ours end: told in one line, kept in a file
        return _tell_bug(error)


def _open_streams() -> None:
    """A standard stream that was closed before we began is like one that leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - for as long as we run


def _run(arguments: list[str]) -> int:
    if (window := opening.asked(arguments)) is not None:
        return opening.open_window(*window)
    if (stop := stopping.asked(arguments)) is not None:
        stopping.halt(*stop)
        return 0
    from trigger_studio.cli.tree import run

    return run(arguments)


def _check_text(arguments: list[str]) -> None:
    """Arguments that are no text could be neither stored nor shown."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            shown = argument.encode("utf-8", "backslashreplace").decode()
            raise BadInput(f"Invalid value: '{shown}' is not valid UTF-8 text") from None


def _close_pipe() -> int:
    """Whoever read our output has gone; say nothing, and leave nothing to say at the end."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLOSED_PIPE


def _tell_bug(error: Exception) -> int:
    if lacking := shortage(error):
        output.complain(lacking)
        return BAD_INPUT
    from trigger_studio.cli.bugs import keep

    output.complain(f"internal error: {type(error).__name__}: {' '.join(str(error).split())[:200]} ({keep(error)})")
    return BUG

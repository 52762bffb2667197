"""The entry of the command line. No input ends in a traceback: every fault is one line, exit code 2."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.base.errors import Fault

__all__ = ["main", "run"]

_INTERRUPTED = 130
_RARELY = 200_000


def main() -> None:
    """Run the command line of this process and exit."""
    gc.set_threshold(_RARELY)  # a command makes many objects that live to its end; looking for garbage costs a fifth
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command; returns the exit code. Prints to standard output, faults to standard error."""
    _set_up_streams()
    from tidewaiter.base.errors import InputFaults, LimitExceeded, TidewaiterError
    from tidewaiter.faces.cli.terminal import FAULT_EXIT, print_faults

    as_json = "--json" in arguments
    try:
        return _dispatch(arguments)
    except InputFaults as error:
        print_faults(error.faults, as_json=as_json)
    except LimitExceeded as error:
        print_faults([_fault("input", str(error), "make it smaller")], as_json=as_json)
    except TidewaiterError as error:
        print_faults([_fault("tidewaiter", str(error), "this is a defect; please report it")], as_json=as_json)
    except RecursionError:
        print_faults([_fault("input", "is nested too deeply", "make it flatter")], as_json=as_json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        if os.environ.get("TIDEWAITER_TRACEBACK"):
            raise
        remedy = "this is a defect; please report it with the output of TIDEWAITER_TRACEBACK=1"
        print_faults([_fault("tidewaiter", f"{type(error).__name__}: {error}", remedy)], as_json=as_json)
    return FAULT_EXIT


def _set_up_streams() -> None:
    """UTF-8 whatever the locale; characters without a form are replaced, never a reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _fault(where: str, what: str, remedy: str) -> Fault:
    from tidewaiter.base import errors

    return errors.Fault(where, what, remedy)


def _dispatch(arguments: Sequence[str]) -> int:
    import typer
    from typer.main import get_command

    from tidewaiter.base.errors import Fault, QuestionFaults
    from tidewaiter.faces.cli.app import app_for

    if list(arguments[:1]) in (["--version"], ["-V"]):
        from importlib.metadata import version

        print(f"tidewaiter {version('tidewaiter')}")
        return 0
    try:
        command = get_command(app_for(arguments[0] if arguments else ""))
        result = command.main(list(arguments), prog_name="tidewaiter", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except typer.Exit as stop:
        return int(stop.exit_code)
    except typer.Abort:
        return _INTERRUPTED
    except Exception as error:
        message = getattr(error, "format_message", None)  # typer's errors of usage share no public class
        if message is None:
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            print(message())
            return 0
        raise QuestionFaults([Fault("usage", str(message()).rstrip("."), "see: tidewaiter --help")]) from None


if __name__ == "__main__":
    main()

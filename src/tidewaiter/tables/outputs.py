"""The finished table under its own name: put together in a file beside it, then moved there in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.base.errors import Fault, InputFaults

if TYPE_CHECKING:
    pass

__all__ = ["ENDINGS", "output_faults", "put_text", "put_together"]

ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".pq", ".arrow", ".ipc", ".feather")


def output_faults(output: Path, *, force: bool) -> list[Fault]:
    """Why a table cannot be written there."""
    found = []
    if output.suffix.lower() not in ENDINGS:
        found.append(Fault(f"--out {output}", f"'{output.suffix}' is no table", f"one of {', '.join(ENDINGS)}"))
    if output.is_dir():
        found.append(Fault(f"--out {output}", "is a folder", "name a file"))
    elif output.exists() and not force:
        found.append(Fault(f"--out {output}", "exists", "choose another name, or --force"))
    if not output.parent.is_dir():
        found.append(Fault(f"--out {output}", "its folder does not exist", f"make {output.parent} first"))
    elif not _writable(output.parent):
        found.append(Fault(f"--out {output}", "its folder cannot be written", "check its permissions"))
    return found


def _writable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def put_together(parts: Sequence[Path], output: Path) -> None:
    """The parts (Arrow files of the same columns) as one table. Raises InputFaults when the disk does not take it."""
    import polars as pl

    frame = pl.scan_ipc(list(parts))
    ending = output.suffix.lower()
    sinks: dict[str, Callable[[Path], object]] = {
        ".parquet": lambda to: frame.sink_parquet(to, compression="zstd"),
        ".csv": lambda to: frame.sink_csv(to),
        ".tsv": lambda to: frame.sink_csv(to, separator="\t"),
        ".jsonl": lambda to: frame.sink_ndjson(to),
        ".arrow": lambda to: frame.sink_ipc(to),
    }
    same = {".pq": ".parquet", ".ndjson": ".jsonl", ".ipc": ".arrow", ".feather": ".arrow"}
    _moved(output, sinks[same.get(ending, ending)])


def put_text(lines: Sequence[str], output: Path) -> None:
    """Lines of text as a file."""
    _moved(output, lambda to: to.write_text("".join(line + "\n" for line in lines), encoding="utf-8"))


def _moved(output: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside the output and move it there; a failure leaves nothing behind."""
    beside = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        write(beside)
        os.replace(beside, output)
    except OSError as error:
        raise InputFaults([Fault(str(output), f"cannot be written: {error.strerror}", "free some space")]) from None
    finally:
        beside.unlink(missing_ok=True)

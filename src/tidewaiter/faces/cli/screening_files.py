"""`tidewaiter screen --file`: every row of a table screened; the answers come whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.faces.cli.documents import read_bytes
from tidewaiter.faces.cli.progress import progress
from tidewaiter.faces.cli.running import Screen, worst
from tidewaiter.faces.cli.screening import Wanted
from tidewaiter.faces.cli.screening_options import requests_of
from tidewaiter.faces.screening.files import MAX_BYTES, OUTPUT, Row, answered, read_rows, summary_row

__all__ = ["screen_file"]

_REJECTS_SHOWN = 20
_EVERY = 50
_LINES = (".jsonl", ".ndjson")


def screen_file(wanted: Wanted, file: str, output: str | None, screen: Screen) -> int:
    """Screen a file; returns the worst exit code of its rows. Raises InputFaults and LimitExceeded."""
    from dataclasses import replace

    from tidewaiter.faces.screening.sources import sources

    bases = requests_of(replace(wanted, names=("",)), screen)
    if wanted.owner or wanted.owners:
        screen.faults.append(Fault("--owner", "is for one name", "leave it out with --file"))
    if wanted.confirm:
        screen.faults.append(Fault("--confirm-listing", "is for one name", "leave it out with --file"))
    screen.stop()
    rows = list(read_rows(read_bytes(file, MAX_BYTES), file, bases[0]))
    with progress(screen.words("Indexing the names")) as watch:
        own = sources(watch)
    counts: Counter[str] = Counter()
    codes: set[int] = set()
    rejects: list[tuple[Row, str]] = []
    lines = screen.as_json or bool(output and output.endswith(_LINES))
    with _written(output) as out, progress() as watch:
        write = _json_writer(out) if lines else _csv_writer(out)
        for number, row in enumerate(rows, 1):
            plain = summary_row(row, answered(row, own))
            counts[plain["outcome"]] += 1
            codes.add(plain["exit_code"])
            if plain["fault"]:
                rejects.append((row, plain["fault"]))
            write(plain)
            if watch and number % _EVERY == 0:
                watch(number, len(rows))
    _tell(counts, rejects, output, screen)
    return worst(codes)


@contextmanager
def _written(output: str | None) -> Iterator[IO[str]]:
    """Standard output; or a file that takes its name only when all of it is written."""
    if output is None:
        yield sys.stdout
        return
    path = Path(output)
    aside = ""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=".aside-", delete=False
        ) as file:
            aside = file.name
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
        aside = ""
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise InputFaults([Fault(output, what, "nothing was written; name another file")]) from None
    finally:
        if aside:
            Path(aside).unlink(missing_ok=True)


def _json_writer(out: IO[str]) -> Callable[[dict[str, Any]], None]:
    def write(row: dict[str, Any]) -> None:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")

    return write


def _csv_writer(out: IO[str]) -> Callable[[dict[str, Any]], None]:
    csv.writer(out, lineterminator="\n").writerow(OUTPUT)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")

    def write(row: dict[str, Any]) -> None:
        writer.writerow(_tame(row[key]) for key in OUTPUT)
        out.write(buffer.getvalue())
        buffer.seek(0)
        buffer.truncate()

    return write


def _tame(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets a mark before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _tell(counts: Counter[str], rejects: list[tuple[Row, str]], output: str | None, screen: Screen) -> None:
    """What came out, on standard error."""
    from tidewaiter.faces.screening.screens import outcome_title

    words = screen.words
    for row, fault in rejects[:_REJECTS_SHOWN]:
        sys.stderr.write(f"tidewaiter: {words('row {row} rejected', row=row.line)}: {fault}\n")
    if len(rejects) > _REJECTS_SHOWN:
        sys.stderr.write(f"tidewaiter: {words('{count} more', count=len(rejects) - _REJECTS_SHOWN)}\n")
    told = [
        f"{words('rejected') if code == 'rejected' else words.of(outcome_title(code))}{words.colon}{count}"
        for code, count in counts.most_common()
    ]
    where = f" → {output}" if output else ""
    sys.stderr.write(f"tidewaiter: {words.semicolon.join(told)}{where}\n")

"""The store of decisions: JSON lines, only ever added to, so that what was decided when and by whom stays told."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded
from tidewaiter.evidence.parties.lists.home import user_folder
from tidewaiter.keeping.decisions import Disposition, Standing, Subject, disposition_of

__all__ = ["MAX_BYTES", "Dispositions"]

MAX_BYTES = 100_000_000
"""Largest store that is read."""
_FILE = "dispositions.jsonl"
_OPEN_AGAIN = "reopened"


class Dispositions:
    """The decisions of a file; by default the one in the user's folder. Reads it when first asked."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_folder() / _FILE
        self._read: tuple[Disposition, ...] | None = None
        self._latest: dict[tuple[str, str], Disposition] = {}
        self.faults: tuple[Fault, ...] = ()
        """Lines that are no decisions; they are skipped, and should be told."""

    def all(self) -> tuple[Disposition, ...]:
        """Every decision, oldest first. Raises InputFaults where the file cannot be read, and LimitExceeded."""
        if self._read is None:
            faults: list[Fault] = []
            self._read = tuple(self._lines(faults))
            self.faults = tuple(faults)
            self._latest = {(each.subject.name, each.entry): each for each in self._read}
        return self._read

    def has_decided(self, name: str, entry: str) -> bool:
        """Whether anything was ever decided of a name (in its normal form) and an entry."""
        self.all()
        return (name, entry) in self._latest

    def standing(self, subject: Subject, entry: str, digest: str) -> Standing | None:
        """What was last decided of a name and an entry, with what changed since; None where nothing is decided."""
        self.all()
        found = self._latest.get((subject.name, entry))
        if found is None or found.verdict == _OPEN_AGAIN:
            return None
        changed = ["entry"] if found.digest != digest else []
        before, now = dict(found.subject.facts), dict(subject.facts)
        changed += sorted(key for key in {*before, *now} if before.get(key) != now.get(key))
        return Standing(found, tuple(changed))

    def record(self, disposition: Disposition) -> None:
        """Add a decision: whole, or not at all. Raises InputFaults for one without reason or person, or on failure."""
        if faults := disposition.faults():
            raise InputFaults(faults)
        text = json.dumps(disposition.to_json(), ensure_ascii=False, allow_nan=False) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._locked() as file:
                _append(file, text.encode("utf-8", "replace"))
        except OSError as error:
            reason = error.strerror or str(error)
            what = f"cannot be written: {reason}"
            raise InputFaults([Fault(str(self.path), what, "nothing was recorded; name another folder")]) from None
        self._read = None

    @contextmanager
    def _locked(self) -> Iterator[int]:
        """The file, open and held by this process alone where the system has such locks."""
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
            except ImportError:  # no such locks here; one append is one write all the same
                pass
            yield file
        finally:
            os.close(file)

    def _lines(self, faults: list[Fault]) -> Iterator[Disposition]:
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise LimitExceeded(f"{self.path}: more than {MAX_BYTES:,} bytes")
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            what = f"cannot be read: {error.strerror or error}"
            raise InputFaults([Fault(str(self.path), what, "check the folder")]) from None
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip():
                found = _parsed(line)
                if found is not None:
                    yield found
                else:
                    faults.append(Fault(f"{self.path}:{number}", "is no decision", "mend or remove the line"))


def _append(file: int, data: bytes) -> None:
    """Write at the end; a torn line before gets its end, and a write that fails half-way is taken back."""
    size = os.lseek(file, 0, os.SEEK_END)
    if size:
        os.lseek(file, size - 1, os.SEEK_SET)
        data = (b"" if os.read(file, 1) == b"\n" else b"\n") + data
    try:
        written = 0
        while written < len(data):
            written += os.write(file, data[written:])
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise


def _parsed(line: bytes) -> Disposition | None:
    try:
        return disposition_of(json.loads(line))
    except (ValueError, RecursionError):
        return None

"""What a run has finished: parts beside the output and a journal of them, so that an interrupted run takes up there.

The journal is bound to input, law, layout and options: for anything else the run begins anew.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidewaiter.tables.sources import Position

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Journal"]

_ENDING = ".partial"
_JOURNAL, _VERDICTS = "journal.jsonl", "verdicts.jsonl"


class Journal:
    """The parts of one run, in a folder beside the output."""

    def __init__(self, output: Path, bound_to: str) -> None:
        self.folder = output.with_name(output.name + _ENDING)
        self.bound_to = bound_to
        self.entries: list[Mapping[str, Any]] = []

    def open(self) -> bool:
        """Take up what an interrupted run has finished; False where there is nothing, or it belongs to another run."""
        held = self._held()
        if held is None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self._append({"bound_to": self.bound_to})
            return False
        self.entries = held
        kept = {entry["part"] for entry in held} | {entry["part"] + ".rejects" for entry in held}
        for file in self.folder.iterdir():
            if file.name not in kept and file.name not in (_JOURNAL, _VERDICTS):
                file.unlink()
        return bool(held)

    def _held(self) -> list[Mapping[str, Any]] | None:
        """The entries of a journal of this very run; a line cut short by a crash ends it."""
        try:
            lines = (self.folder / _JOURNAL).read_text(encoding="utf-8").splitlines()
            if json.loads(lines[0]) != {"bound_to": self.bound_to}:
                return None
        except (OSError, ValueError, IndexError):
            return None
        found = []
        for line in lines[1:]:
            try:
                found.append(json.loads(line))
            except ValueError:
                break
        return [entry for entry in found if (self.folder / entry["part"]).exists()]

    @property
    def position(self) -> Position:
        """Where the next chunk begins."""
        return Position(*self.entries[-1]["after"]) if self.entries else Position()

    def keep(
        self,
        results: pl.DataFrame,
        rejects: pl.DataFrame,
        described: Iterable[Mapping[str, Any]],
        after: Position,
        tally: Mapping[str, Any],
    ) -> None:
        """Write a finished chunk, then note it: a chunk counts only once it is noted."""
        part = f"{len(self.entries):06d}"
        results.write_ipc(self.folder / part, compression="lz4")
        if rejects.height:
            rejects.write_ipc(self.folder / f"{part}.rejects")
        with open(self.folder / _VERDICTS, "a", encoding="utf-8") as file:
            file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in described)
        entry = {"part": part, "after": [after.at, after.line], "tally": tally}
        self._append(entry)
        self.entries.append(entry)

    def _append(self, entry: Mapping[str, Any]) -> None:
        with open(self.folder / _JOURNAL, "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def parts(self) -> list[Path]:
        """The finished parts in order."""
        return [self.folder / entry["part"] for entry in self.entries]

    def rejects(self) -> list[Path]:
        """The rejected rows of the finished parts."""
        return [path for path in (p.with_name(p.name + ".rejects") for p in self.parts()) if path.exists()]

    def verdicts(self) -> list[str]:
        """The lines that describe the verdicts, each once."""
        path = self.folder / _VERDICTS
        return list(dict.fromkeys(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []

    def close(self) -> None:
        """Remove the folder: the output stands under its own name."""
        shutil.rmtree(self.folder, ignore_errors=True)

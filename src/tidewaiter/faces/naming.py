"""Names of parties compared, and labelled pairs measured, as plain data for pages and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, LimitExceeded
from tidewaiter.evidence.parties.names import (
    AliasTable,
    AnalysedName,
    Comparison,
    NameFault,
    analyse,
    compare,
    compare_with_aliases,
    threshold,
)
from tidewaiter.evidence.parties.names.measuring import Judged, measure, script

__all__ = ["MAX_PAIRS", "SCHEMAS", "compare_names", "measure_pairs", "scored_csv"]

SCHEMAS = ("Person", "Organization", "Vessel")
"""What a name may be the name of; '' where it is not known."""
MAX_PAIRS = 1_000_000
"""Most pairs of a file."""

_MAX_BYTES = 200_000_000
_YES = ("1", "true", "yes")
_NO = ("0", "false", "no")
_Row = dict[str, Any]


@cache
def _aliases() -> AliasTable:
    """The names of the curated parties."""
    from tidewaiter.evidence.parties.lists import shipped_book

    return AliasTable(
        (entry.key, name.text, name.source or entry.citation, "")
        for entry in shipped_book().entries
        for name in entry.names
        if name.kind != "weak"
    )


def _compared(query: AnalysedName, candidate: AnalysedName, aliases: bool) -> Comparison:
    return compare_with_aliases(query, candidate, _aliases()) if aliases else compare(query, candidate)


def _analysed(where: str, text: str, schema: str, faults: list[Fault]) -> AnalysedName | None:
    try:
        return analyse(text, schema)
    except NameFault as error:
        faults += [Fault(where, fault.what, fault.remedy) for fault in error.faults]
        return None


def _schema(where: str, text: str, faults: list[Fault]) -> str:
    found = next((each for each in SCHEMAS if each.casefold() == text.strip().casefold()), "")
    if text.strip() and not found:
        faults.append(Fault(where, f"'{text}' is no kind of name", f"one of {', '.join(SCHEMAS)}, or nothing"))
    return found


def compare_names(query: str, candidate: str, schema: str = "", *, aliases: bool = False) -> _Row:
    """Two names compared: score, line, pieces, what speaks against, through which alias. Raises InputFaults."""
    faults: list[Fault] = []
    kind = _schema("--schema", schema, faults)
    one, other = _analysed("A", query, kind, faults), _analysed("B", candidate, kind, faults)
    if faults or one is None or other is None:
        raise InputFaults(faults)
    found = _compared(one, other, aliases)
    return {
        "query": query,
        "candidate": candidate,
        "schema": kind,
        "score": round(found.score, 3),
        "threshold": threshold(),
        "possible_match": found.score >= threshold(),
        "against": list(found.against),
        "through": found.through,
        "source": found.source,
        "aligned": [
            {
                "query": row.query,
                "candidate": row.candidate,
                "how": row.how,
                "score": row.score,
                "weight": round(row.weight, 2),
            }
            for row in found.aligned
        ],
    }


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with the line each ends on. Raises InputFaults or LimitExceeded."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise LimitExceeded(f"{path.name}: larger than the {_MAX_BYTES:,} bytes that are read")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFaults([Fault(str(path), f"cannot be read: {error}", "give a CSV file in UTF-8")]) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if not {"query", "candidate"} <= set(reader.fieldnames or ()):
            raise InputFaults([Fault(path.name, "has no columns query and candidate", "name them in the first line")])
        for count, row in enumerate(reader):
            if count >= MAX_PAIRS:
                raise LimitExceeded(f"{path.name}: more than {MAX_PAIRS:,} pairs")
            yield reader.line_num, {name: value or "" for name, value in row.items() if isinstance(name, str)}
    except csv.Error as error:
        raise InputFaults([Fault(path.name, f"is no CSV: {error}", "quote fields that hold line ends")]) from None


def measure_pairs(path: Path, *, aliases: bool = False) -> _Row:
    """The pairs of a CSV file scored; with a column is_match also precision, recall and F1 by script.

    Raises InputFaults with every fault of the file, or LimitExceeded.
    """
    faults: list[Fault] = []
    rows, judged = list[_Row](), list[Judged]()
    for line, row in _rows(path):
        where = f"{path.name}:{line}"
        kind, label = _schema(where, row.get("schema", ""), faults), _label(where, row, faults)
        one = _analysed(f"{where} query", row["query"], kind, faults)
        other = _analysed(f"{where} candidate", row["candidate"], kind, faults)
        if one is None or other is None:
            continue
        found = _compared(one, other, aliases)
        rows.append(
            {**row, "score": round(found.score, 4), "possible_match": found.score >= threshold(),
             "script": script(one, other), "against": " ".join(found.against), "through": found.through}
        )  # fmt: skip
        if label is not None:
            judged.append(Judged(script(one, other), found.score, label))
    if faults:
        raise InputFaults(faults)
    measures = [
        {"script": m.script, "pairs": m.pairs, "matches": m.matches, "found": m.found, "right": m.right,
         "precision": round(m.precision, 3), "recall": round(m.recall, 3), "f1": round(m.f1, 3)}
        for m in measure(judged, threshold())
    ]  # fmt: skip
    return {"file": path.name, "threshold": threshold(), "pairs": rows, "measures": measures}


def _label(where: str, row: dict[str, str], faults: list[Fault]) -> bool | None:
    text = row.get("is_match", "").strip().casefold()
    if text and text not in (*_YES, *_NO):
        faults.append(Fault(where, f"is_match is '{text}'", "1 for the same party, 0 for another, or nothing"))
    return None if not text else text in _YES


def scored_csv(data: _Row) -> str:
    """The scored pairs as CSV; a text that a spreadsheet would take for a formula is quoted."""
    rows, out = data["pairs"], io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value

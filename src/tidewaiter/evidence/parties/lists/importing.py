"""Reading a list file into entries and editions, with everything that came up on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists.catalogue import list_of_code, lists
from tidewaiter.evidence.parties.lists.drafts import Draft, ListFault, Report, finished
from tidewaiter.evidence.parties.lists.entries import Edition, Entry
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.recognition import format_of, formats
from tidewaiter.evidence.parties.lists.texts import day_in

__all__ = ["Reading", "read_list"]

_Reader = Callable[[Request, Report], Iterator[Draft]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: its format and day, an edition and the entries of each list, faults and remarks.

    `faults` are rows left out, `remarks` things about rows that are kept, `joined` the number of rows that repeat
    a party of the same list and were joined with it.
    """

    name: str
    format: str
    as_of: date
    editions: tuple[Edition, ...]
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    joined: int = 0


def read_list(paths: Sequence[Path], list_code: str = "", as_of: date | None = None, format_code: str = "") -> Reading:
    """Read one list file, or the files of an old OFAC set together.

    Raises ListFault (unknown format or list, cut off, no day) or LimitExceeded (size, depth, packing).
    """
    request = _request(paths, list_code, format_code)
    report = Report(request.path.name)
    entries = finished(_reader(request.row["reader"])(request, report), report)
    if report.expected is not None and request.format != "csl_json":
        _refuse_fewer(entries, report)
    day = as_of or report.as_of
    if day is None:
        raise ListFault([Fault(report.name, "does not say of which day it is", f"give --as-of{_hint(request.path)}")])
    if not entries:
        raise ListFault([*report.faults[:10], Fault(report.name, "holds no entry that can be read", "see the faults")])
    codes = _covered(request, entries)
    editions = _editions(codes, entries, request, day)
    return Reading(
        report.name,
        request.format,
        day,
        editions,
        tuple(entries),
        tuple(sorted(report.faults, key=_line)),
        tuple(report.remarks),
        report.joined,
    )


def _request(paths: Sequence[Path], list_code: str, format_code: str) -> Request:
    """The main file of those given with its parts. Raises ListFault."""
    known = formats()
    if format_code and format_code not in known:
        raise ListFault([Fault("--format", f"'{format_code}' is not known", "one of: " + ", ".join(known))])
    code = list_of_code(list_code)
    if list_code and not code:
        raise ListFault([Fault("--list", f"'{list_code}' is not known", "one of: " + ", ".join(lists()))])
    found = [(format_code or format_of(path, bool(code)), path) for path in paths]
    mains = [(each, path) for each, path in found if not known[each].get("part")]
    if len(mains) != 1:
        what = "no file of names among them" if not mains else f"{len(mains)} lists at once"
        raise ListFault(
            [Fault(", ".join(path.name for path in paths), what, "one list, with the files that belong to it")]
        )
    parts = tuple((each, path) for each, path in found if known[each].get("part"))
    return Request(mains[0][1], mains[0][0], known[mains[0][0]], code, parts)


def _reader(name: str) -> _Reader:
    from tidewaiter.evidence.parties.lists.readers import advanced, cfr, csl, extract, ftm, ofac, tabular

    readers: dict[str, _Reader] = {
        "csl_condensed": csl.read_condensed,
        "csl_json": csl.read_json,
        "csl_lines": csl.read_lines,
        "csl_csv": csl.read_csv,
        "extract": extract.read_extract,
        "ofac": ofac.read_ofac,
        "ofac_advanced": advanced.read_advanced,
        "cfr": cfr.read_cfr,
        "table": tabular.read_table,
        "ftm": ftm.read_ftm,
        "targets": ftm.read_targets,
    }
    return readers[name]


def _refuse_fewer(entries: Sequence[Entry], report: Report) -> None:
    """A file that states how many it holds, and holds fewer, is cut."""
    read = len(entries) + len(report.faults) + report.joined
    if report.expected and read < report.expected * 0.9:
        what = f"states {report.expected:,} entries but holds {read:,}"
        raise ListFault([Fault(report.name, what, "fetch it again")])


def _line(fault: Fault) -> tuple[str, int]:
    """Where a fault stands, in the order of the file."""
    name, _, line = fault.where.rpartition(":")
    return name, int(line) if line.isdigit() else 0


def _hint(path: Path) -> str:
    day = day_in(path.name.replace("_", " "))
    return f" {day}" if day else " YYYY-MM-DD"


def _covered(request: Request, entries: Sequence[Entry]) -> tuple[str, ...]:
    """The lists of which the file is an edition: those it holds, and those it would hold if they were not empty."""
    held = dict.fromkeys(entry.list for entry in entries)
    if request.code:
        return (request.code,)
    if str(request.format).startswith("csl_"):
        held |= dict.fromkeys(info.code for info in lists().values() if info.csl)
    return tuple(code for code in lists() if code in held)


def _editions(codes: Sequence[str], entries: Sequence[Entry], request: Request, day: date) -> tuple[Edition, ...]:
    counts = Counter(entry.list for entry in entries)
    whole = all(counts[code] >= lists()[code].least and not lists()[code].partial for code in codes)
    made = []
    for code in codes:
        mine = [entry for entry in entries if entry.list == code]
        first, last = _complete(request.row["complete"], mine, code, day) if whole else (None, None)
        history = request.row["complete"] == "history"
        made.append(Edition(code, day, first, last, history, request.format, len(mine)))
    return tuple(made)


def _complete(how: str, entries: Sequence[Entry], code: str, day: date) -> tuple[date | None, date | None]:
    """From when to when an edition proves absence."""
    if how == "day":
        return day, day
    if how == "history":
        starts = [entry.listed for entry in entries if entry.listed]
        return (min(starts), day) if starts else (None, None)
    if how == "statute" and (enacted := lists()[code].enacted):
        return enacted, day
    return None, None

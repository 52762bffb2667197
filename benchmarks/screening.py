"""`./run bench screening`: how well and how fast listed parties are found, with the peers in the same run.

    python -m benchmarks.screening [--quick] [--json] [--peers PYTHON]

Needs the lists that lie beside the checkout (`../shared`). The peers run in an environment of their own
(`benchmarks/requirements-screening.txt`); those that are not installed are named, and no figure stands for them.
Speed is of processor time on one core; the clock's figures stand beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import screening_data as data
from benchmarks import screening_own as own
from tidewaiter.evidence.parties.lists import ListBook
from tidewaiter.evidence.parties.search import PartyIndex

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]

Row = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and print a table, or JSON; exit code 3 where the lists are absent."""
    parser = argparse.ArgumentParser(prog="benchmarks.screening", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="fewer questions")
    parser.add_argument("--peers", default=os.environ.get("TIDEWAITER_PEERS", ""), help="their environment's python")
    options = parser.parse_args(arguments)
    if data.shared(data.LIST) is None:
        print(f"screening: the lists are absent (../shared/data/{data.LIST}): nothing measured", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        rows, notes = _measure(Path(folder), options.quick, options.peers)
    if options.json:
        print(json.dumps({"schema_version": 1, "measures": rows, "notes": notes}, indent=1, ensure_ascii=False))
    else:
        _print(rows, notes)
    return 0


def _measure(folder: Path, quick: bool, peers: str) -> tuple[list[Row], list[str]]:
    book = data.stored_list(folder / "store")
    index = PartyIndex.open(book, folder / "names.columns")
    count = 1000 if quick else 7000
    slips = data.slips(book, count)
    listed = data.listed_spellings(book)
    people, firms = data.clean_people(1000, listed), data.clean_firms(1000, listed)
    rows, notes = _pairs(), [f"{len(book.entries):,} entries, {len(index):,} names, {count:,} slips"]
    rows += _found(index, slips)
    rows += _hanzi(index, book, folder)
    for kind, names, schema in (("people", people, "Person"), ("Chinese firms", firms, "Organization")):
        rate, said = own.alarms(index, names, schema)
        plain, _ = own.alarms(index, names, "")
        rows.append(_row(f"false alarms per 1,000 clean {kind}", rate, "", 3, at_most=True))
        rows.append(_row(f"the same, kind of party not told ({kind})", plain, ""))
        notes += [f"alarm: {each}" for each in said[:8]]
    rows += _speeds(index, book, folder, quick)
    rows += _batches(index, people, firms, slips)
    return _with_peers(rows, notes, book, slips, people, firms, quick, peers)


def _row(
    name: str, value: float | None, unit: str, target: float = 0, who: str = "tidewaiter", at_most: bool = False
) -> Row:
    held = None if not target or value is None else value <= target if at_most else value >= target
    return {"name": name, "who": who, "value": value, "unit": unit, "target": target, "held": held}


def _pairs() -> list[Row]:
    pairs = data.pairs()
    return _pair_rows(pairs, own.pair_scores(pairs), None, "tidewaiter") if pairs else []


def _pair_rows(pairs: list[data.Pair], scores: list[float], line: float | None, who: str) -> list[Row]:
    whole, found = own.figures_of(pairs, scores, line), list[Row]()
    for name, target in (("f1", 0.8), ("precision", 0.8), ("recall", 0)):
        found.append(_row(f"development pairs, names only: {name}", whole[name], "", target, who))
    for script in ("hanzi both sides", "hanzi one side", "Latin"):
        some = [at for at, pair in enumerate(pairs) if data.script_of(pair) == script]
        part = own.figures_of([pairs[at] for at in some], [scores[at] for at in some], line)
        found.append(_row(f"development pairs, {script} ({len(some)}): f1", part["f1"], "", 0, who))
    return found


def _found(index: PartyIndex, slips: list[data.Slip]) -> list[Row]:
    found = own.found_at(index, slips)
    return [
        _row("full list, one slip of the pen: R@10", found["ten"], "", 0.995),
        _row("full list, one slip of the pen: R@1", found["first"], ""),
        _row("full list, one slip of the pen: above the line", found["above"], ""),
    ]


def _hanzi(index: PartyIndex, book: ListBook, folder: Path) -> list[Row]:
    queries = data.hanzi_queries(book)
    found = own.hanzi_recall(index, queries)
    bare = data.without_hanzi(book)
    rules = own.hanzi_recall(PartyIndex.open(bare, folder / "bare.columns"), queries)
    return [
        _row(f"{len(queries)} Chinese names of listed parties, with aliases: R@10", found["ten"], "", 0.85),
        _row("the same, above the line", found["above"], ""),
        _row("the same, by rules alone (no Chinese alias in the list): R@10", rules["ten"], ""),
    ]


def _speeds(index: PartyIndex, book: ListBook, folder: Path, quick: bool) -> list[Row]:
    count = 1000 if quick else 4000
    asked = [slip.query for slip in data.slips(book, 2 * count, seed=7)]
    found = own.speed(index, asked[:count], asked[count:], 4)
    cold = own.cold(folder / "store", folder / "names.columns", asked[:count], 2 if quick else 4)
    build = own.measured(lambda: PartyIndex.build(book).save(folder / "names.columns"))
    load = own.measured(lambda: PartyIndex.load(book, folder / "names.columns"))
    return [
        _row("queries per second, one core, mean", found["per_second"], "/s", 3000),
        _row("queries per second, best of four rounds", found["best_round"], "/s", 3000),
        _row("p50, processor", found["cpu_p50"] * 1e3, "ms", 0.3, at_most=True),
        _row("p99, processor", found["cpu_p99"] * 1e3, "ms", 3, at_most=True),
        _row("p50, clock", found["clock_p50"] * 1e3, "ms"),
        _row("p99, clock", found["clock_p99"] * 1e3, "ms"),
        _row("cold start to the first answer, clock", cold["cold"], "s", 0.5, at_most=True),
        _row("the same, processor", cold["cpu"], "s"),
        _row(f"peak memory after {count:,} queries", cold["peak_mb"], "MB", 250, at_most=True),
        _row("preparing the list anew, processor", build, "s"),
        _row("loading the prepared list, processor", load, "s", 0.3, at_most=True),
    ]


def _batches(index: PartyIndex, people: list[str], firms: list[str], slips: list[data.Slip]) -> list[Row]:
    latin = [name for name in firms if name.isascii()]
    mixed = [*people, *latin, *(slip.query for slip in slips[: len(people) // 10])]
    found = own.batch_speed(index, mixed)
    return [
        _row("batch of customers, one in 16 near a listed name, distinct", found["distinct"], "/s", 10_000),
        _row("the same, each name five times", found["recurring"], "/s"),
    ]


# peers -----------------------------------------------------------------------------------------------------


def _with_peers(
    rows: list[Row],
    notes: list[str],
    book: ListBook,
    slips: list[data.Slip],
    people: list[str],
    firms: list[str],
    quick: bool,
    peers: str,
) -> tuple[list[Row], list[str]]:
    python = peers or str(ROOT / ".venv-peers" / "bin" / "python")
    if not Path(python).exists():
        return rows, [
            *notes,
            "peers: no environment for them (see benchmarks/requirements-screening.txt): not measured",
        ]
    job = _job(book, slips, people, firms, quick)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(job, file)
        file.flush()
        command = [python, str(Path(__file__).with_name("screening_peers.py")), file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return rows, [*notes, f"peers: failed: {done.stderr.strip()[-300:]}"]
    found = json.loads(done.stdout.splitlines()[-1])
    pairs = data.pairs()
    for name, scores in found["pairs"].items():
        rows += _pair_rows(pairs, scores, 0.7, name)
    for name, measured in found["search"].items():
        rows += _peer_rows(name, measured)
    return rows, notes + [f"peer not installed: {each}" for each in found["absent"]]


def _peer_rows(name: str, measured: dict[str, Any]) -> list[Row]:
    rows = [
        _row(f"R@10 ({measured['asked']} slips)", measured["recall"], "", 0, name),
        _row("Chinese names: R@10", measured["hanzi"], "", 0, name),
        _row("queries per second", measured["per_second"], "/s", 0, name),
        _row("p50, clock", measured["p50"] * 1e3, "ms", 0, name),
        _row("p99, clock", measured["p99"] * 1e3, "ms", 0, name),
    ]
    if "alarms" in measured:
        rows += [
            _row(f"false alarms per 1,000 clean {kind}", rate, "", 0, name)
            for kind, rate in zip(("people", "Chinese firms"), measured["alarms"], strict=True)
        ]
    return rows


def _job(book: ListBook, slips: list[data.Slip], people: list[str], firms: list[str], quick: bool) -> dict[str, Any]:
    bare = data.without_hanzi(book)
    names = own.names_of(bare)
    meant: dict[str, list[int]] = {}
    for text, at in names:
        meant.setdefault(text, []).append(at)
    some = slips[: 300 if quick else 1500]
    return {
        "pairs": [(pair.query, pair.candidate, pair.schema) for pair in data.pairs()],
        "names": [text for text, _ in names],
        "parties": [at for _, at in names],
        "slips": [(slip.query, slip.meant) for slip in some],
        "meant": {slip.meant: meant[slip.meant] for slip in some},
        "hanzi": data.hanzi_queries(book),
        "people": people,
        "firms": firms,
        "few": 40 if quick else 200,
        "few_clean": 100 if quick else 1000,
    }


# printing --------------------------------------------------------------------------------------------------


def _print(rows: list[Row], notes: list[str]) -> None:
    who = ""
    for row in rows:
        if row["who"] != who:
            who = row["who"]
            print(f"\n{who}")
        value = "not measured" if row["value"] is None else f"{row['value']:,.3f}"
        target = f"target {row['target']:g}: {'held' if row['held'] else 'missed'}" if row["target"] else ""
        print(f"  {row['name']:<78}{value:>12} {row['unit']:<3} {target}")
    print()
    for note in notes:
        print(note)


if __name__ == "__main__":
    sys.exit(main())

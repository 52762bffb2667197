"""What the screening benchmark measures of tidewaiter itself, in one process."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.screening_data import Pair, Slip
from tidewaiter.evidence.parties.lists import ListBook
from tidewaiter.evidence.parties.names import NameFault, analyse, compare, threshold
from tidewaiter.evidence.parties.search import Hit, PartyIndex, Query

__all__ = [
    "alarms",
    "batch_speed",
    "cold",
    "figures_of",
    "found_at",
    "hanzi_recall",
    "measured",
    "names_of",
    "pair_scores",
    "speed",
]

_COLD = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from tidewaiter.evidence.parties.lists.store import ListStore
from tidewaiter.evidence.parties.search import PartyIndex
book = ListStore(Path(sys.argv[1])).book()
index = PartyIndex.open(book, Path(sys.argv[2]))
hits = index.search("Huawei Technologies")
cold = time.perf_counter() - start
cpu = time.process_time()
for line in Path(sys.argv[3]).read_text(encoding="utf-8").splitlines():
    if any(letter.isalnum() for letter in line):
        index.search(line)
try:  # the peak of this process alone: what getrusage tells may be that of its parent
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"cold": cold, "cpu": cpu, "peak": peak, "note": index.note, "hits": len(hits)}))
"""


# pairs -----------------------------------------------------------------------------------------------------


def pair_scores(pairs: Sequence[Pair]) -> list[float]:
    """The score of each pair, names only."""
    return [compare(analyse(p.query, p.schema), analyse(p.candidate, p.schema)).score for p in pairs]


def figures_of(pairs: Sequence[Pair], scores: Sequence[float], line: float | None = None) -> dict[str, float]:
    """Precision, recall and F1 of scores at a line."""
    at = threshold() if line is None else line
    said = [score >= at for score in scores]
    right = sum(yes and pair.match for yes, pair in zip(said, pairs, strict=True))
    precision = right / sum(said) if any(said) else 0.0
    recall = right / (sum(pair.match for pair in pairs) or 1)
    both = precision + recall
    return {"f1": 2 * precision * recall / both if both else 0.0, "precision": precision, "recall": recall}


# search ----------------------------------------------------------------------------------------------------


def found_at(index: PartyIndex, slips: Sequence[Slip]) -> dict[str, float]:
    """How often the party meant is found: first, among ten parties, above the line."""
    first = ten = above = 0
    for slip in slips:
        hits = _asked(index, slip.query)
        right = [hit for hit in hits if any(name.text == slip.meant for name in hit.entry.names)]
        parties = {hit.party for hit in right}
        ten += bool(right)
        first += bool(hits) and hits[0].party in parties
        above += any(hit.above for hit in right)
    return {"first": first / len(slips), "ten": ten / len(slips), "above": above / len(slips)}


def hanzi_recall(index: PartyIndex, queries: Sequence[tuple[str, str]]) -> dict[str, float]:
    """How often a Chinese name finds the party that the list prints in English: among ten, and above the line."""
    ten = above = 0
    for query, meant in queries:
        hits = _asked(index, query)
        right = [hit for hit in hits if any(name.text == meant for name in hit.entry.names)]
        ten += bool(right)
        above += any(hit.above for hit in right)
    return {"ten": ten / max(len(queries), 1), "above": above / max(len(queries), 1)}


def alarms(index: PartyIndex, names: Sequence[str], schema: str) -> tuple[float, list[str]]:
    """Possible matches per 1,000 names that are on no list, and the first of them."""
    said = []
    for name in names:
        hits = _asked(index, Query(name, schema))
        if any(hit.above for hit in hits):
            said.append(f"{name} ~ {hits[0].name.text} ({hits[0].score:.2f})")
    return 1000 * len(said) / len(names), said


def _asked(index: PartyIndex, query: Query | str) -> list[Hit]:
    try:
        return index.search(query)
    except NameFault:
        return []


# speed -----------------------------------------------------------------------------------------------------


def speed(index: PartyIndex, warm: Sequence[str], queries: Sequence[str], rounds: int) -> dict[str, float]:
    """Queries a second, p50 and p99 in seconds, by processor time and by the clock, of queries not asked before.

    The index is warmed by other queries first. The clock counts what else the machine does; the processor does not.
    """
    for query in warm:
        _asked(index, query)
    gc.collect()
    gc.freeze()  # what is loaded stays: no collection walks through it again
    size = len(queries) // rounds
    best = float("inf")
    each: list[tuple[float, float]] = []
    for number in range(rounds):
        start = time.process_time()
        for query in queries[number * size : (number + 1) * size]:
            cpu, clock = time.thread_time(), time.perf_counter()
            _asked(index, query)
            each.append((time.thread_time() - cpu, time.perf_counter() - clock))
        best = min(best, (time.process_time() - start) / size)
    gc.unfreeze()
    cpus, clocks = sorted(cpu for cpu, _ in each), sorted(clock for _, clock in each)
    mean = sum(cpus) / len(cpus)
    found = {"per_second": 1 / mean, "best_round": 1 / best}
    for name, times in (("cpu", cpus), ("clock", clocks)):
        found |= {f"{name}_p50": times[len(times) // 2], f"{name}_p99": times[int(len(times) * 0.99)]}
    return found


def batch_speed(index: PartyIndex, names: Sequence[str]) -> dict[str, float]:
    """Names a second of a batch: distinct ones, and as in a file of customers, where names recur."""
    found = {}
    recurring = [names[at % (len(names) // 5)] for at in range(len(names))]
    for name, batch in (("distinct", names), ("recurring", recurring)):
        start = time.process_time()
        for _ in index.batch(batch):
            pass
        found[name] = len(batch) / (time.process_time() - start)
    return found


def cold(store: Path, cache: Path, queries: Sequence[str], repeat: int) -> dict[str, Any]:
    """A process of its own: seconds from its first line to the first answer, and its peak of memory after many."""
    listed = cache.with_suffix(".queries")
    listed.write_text("\n".join(query.replace("\n", " ") for query in queries), encoding="utf-8")
    found: list[dict[str, Any]] = []
    for _ in range(repeat):
        command = [sys.executable, "-c", _COLD, str(store), str(cache), str(listed)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
        found.append(json.loads(done.stdout))
    return {
        "cold": min(each["cold"] for each in found),
        "cpu": min(each["cpu"] for each in found),
        "peak_mb": max(each["peak"] for each in found) / 1e6,
        "note": found[-1]["note"],
    }


def measured(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def names_of(book: ListBook) -> list[tuple[str, int]]:
    """Every name of a book with the number of its entry."""
    return [(name.text, at) for at, entry in enumerate(book.entries) for name in entry.names]

"""`./run bench`: every figure that the documents speak of, measured in one run, with ratios against the peers.

    python -m benchmarks [--quick] [--json]
    python -m benchmarks screening [--quick] [--json]
    python -m benchmarks tables [--quick] [--json]
    python -m benchmarks analysis [--quick] [--json]

One case with proof, a whole determination, cold start and the load of the law run in this process or as commands; the
batch of the toy rule runs in a process of its own on one core (`benchmarks/toy_rule.py`), beside its peers.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.toy_rule import toy_program
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.prove import Prover, Run
from tidewaiter.faces.asking import Asked, stated
from tidewaiter.faces.composition import decider

__all__ = ["main"]

HERE = Path(__file__).parent
QUESTION = {"to": "CN", "end-user-hq": "CN", "exporter": "nvidia"}
CHECK = ["check", "--item", "H20", "--to", "CN", "--end-user-hq", "CN", "--exporter", "nvidia", "--on", "2025-05-01"]
OWN = "columns"
LOAD = "import time; from tidewaiter.library.compiled import load_compiled as f; t = time.perf_counter(); f(); print(time.perf_counter() - t)"  # noqa: E501


def main() -> int:
    """Measure everything and print a table, or JSON."""
    if sys.argv[1:2] == ["tables"]:
        from benchmarks.tables import main as tables

        return tables(sys.argv[2:])
    if sys.argv[1:2] == ["analysis"]:
        from benchmarks.analysis import main as analysis

        return analysis(sys.argv[2:])
    if sys.argv[1:2] == ["screening"]:
        from benchmarks.screening import main as screening

        return screening(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="fewer repeats, one million rows")
    options = parser.parse_args()
    repeat = 3 if options.quick else 7
    rows = [_toy_case(repeat), _determination(repeat), _cold_start(repeat), _law_load(repeat)]
    rows += _batch(options.quick)
    if options.json:
        print(json.dumps({"schema_version": 1, "measures": rows}, indent=1, ensure_ascii=False))
        return 0
    for row in rows:
        target = f"target {row['target']:g}" if row["target"] else ""
        ratio = f"{row['ratio']:.2f} x tidewaiter" if row.get("ratio") else ""
        print(f"{row['name']:<58} {row['value']:>10.3f} {row['unit']:<8} {target:<12} {ratio}")
    return 0


def _best(work: Callable[[], object], number: int, repeat: int) -> float:
    """Seconds of one call: the best of several rounds, because noise only ever adds."""
    work()
    return min(timeit.repeat(work, number=number, repeat=repeat)) / number


def _row(name: str, value: float, unit: str, target: float, ratio: float | None = None) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "target": target, "ratio": ratio}


def _toy_case(repeat: int) -> dict[str, Any]:
    program = toy_program()
    prover = Prover(program)
    case = Instance("transaction", {"tpp": 2368.0, "density": 2.9, "data_center": True, "destination": "AD"})

    def work() -> object:
        run = Run(prover, program, case)
        return run.prove("listed"), run.prove("license")

    return _row("toy rule, one case, two outputs, with proof", _best(work, 2000, repeat) * 1e6, "µs", 15)


def _determination(repeat: int) -> dict[str, Any]:
    own = decider()
    facts, about = stated(Asked(item="H20", options=QUESTION))
    day = dt.date(2025, 5, 1)

    def work() -> object:
        return own.decide("export", facts, day, profile="plain_commercial", item=about)

    return _row("whole export determination, three layers, warm", _best(work, 50, repeat) * 1e3, "ms", 2)


def _cold_start(repeat: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tidewaiter.faces.main", *CHECK]

    def work() -> object:
        return subprocess.run(command, capture_output=True, check=False, env={**os.environ, "NO_COLOR": "1"})

    return _row("tidewaiter check, cold start to answer", _best(work, 1, repeat), "s", 0.4)


def _law_load(repeat: int) -> dict[str, Any]:
    def once() -> float:
        done = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
        return float(done.stdout)

    once()
    return _row("load of the law, compiled", min(once() for _ in range(repeat)) * 1e3, "ms", 150)


def _batch(quick: bool) -> list[dict[str, Any]]:
    sizes = ["1e6"] if quick else ["1e6", "1e7"]
    command = [sys.executable, str(HERE / "toy_rule.py"), "--json", "--rows", *sizes]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "POLARS_MAX_THREADS": "1"}
    )
    if done.returncode:
        print(done.stderr.strip()[-2000:], file=sys.stderr)
        return []
    for line in done.stderr.splitlines():
        print(line, file=sys.stderr)
    found = json.loads(done.stdout)
    own = {each["rows"]: each["ns_per_row"] for each in found["measures"] if each["name"] == OWN}
    return [_batch_row(each, own[each["rows"]], found["target_ns_per_row"]) for each in found["measures"]]


def _batch_row(each: dict[str, Any], own: float, target: float) -> dict[str, Any]:
    name = f"toy rule, {each['rows']:.0e} rows, 30 % missing, one core: {each['name']}"
    value = each["ns_per_row"]
    return _row(name, value, "ns/row", target if each["name"] == OWN else 0, value / own)


if __name__ == "__main__":
    sys.exit(main())

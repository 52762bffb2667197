"""`./run bench analysis`: witnesses between dates of the chip rules, comparison, check of the whole law, maps.

python -m benchmarks analysis [--quick] [--json]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from typing import Any

from tidewaiter.analysis.sides import Side
from tidewaiter.analysis.witness import class_difference
from tidewaiter.faces.comparing import compare
from tidewaiter.faces.composition import decider
from tidewaiter.faces.sides import sides_of

__all__ = ["main"]

DAYS = tuple(map(dt.date, (2022, 2022, 2023, 2024, 2024, 2025, 2026), (9, 11, 12, 5, 12, 2, 2), (1, 1, 1, 1, 15, 1, 1)))
"""A day in each state of the chip rules."""
COMPARED = ("2023-11-16", "2023-11-17")


def main(arguments: list[str]) -> int:
    """Measure and print a table, or JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks analysis", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--quick", action="store_true", help="leave out the check of the whole law")
    options = parser.parse_args(arguments)
    rows = [_witnesses(), _comparison(), _map()] + ([] if options.quick else [_consistency()])
    if options.json:
        print(json.dumps({"schema_version": 1, "measures": rows}, indent=1))
        return 0
    for row in rows:
        print(f"{row['name']:<72} {row['value']:>9.3f} {row['unit']:<3} target {row['target']:g}")
    return 0


def _row(name: str, value: float, unit: str, target: float) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "target": target}


def _witnesses() -> dict[str, Any]:
    """The slowest search for an item that two neighbouring states of the chip rules class differently."""
    spec = decider().specification("export")
    sides = [Side(decider(), day, "text") for day in DAYS]
    class_difference(sides[0], sides[1], spec)  # loads the solver
    slowest = 0.0
    for before, after in pairwise(sides):
        begun = time.perf_counter()
        class_difference(before, after, spec)
        slowest = max(slowest, time.perf_counter() - begun)
    return _row("witness of a difference of class, slowest of six pairs of dates", slowest * 1e3, "ms", 50)


def _comparison() -> dict[str, Any]:
    before, after = sides_of(*COMPARED, None, "")
    begun = time.perf_counter()
    compare(before, after, ("export",), processes=os.cpu_count() or 1)
    name = f"{COMPARED[0]} against {COMPARED[1]}, whole catalog, all countries"
    return _row(name, time.perf_counter() - begun, "s", 3)


def _map() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tidewaiter.faces.main", "figure", "map", "--to", "CN", "--on", "2024-06-01"]
        begun = time.perf_counter()
        subprocess.run([*command, "--out", f"{folder}/map.svg"], capture_output=True, check=True)
        return _row("threshold map as SVG, from a cold start", time.perf_counter() - begun, "s", 1)


def _consistency() -> dict[str, Any]:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tidewaiter.library.consistency"], capture_output=True, check=False)
    return _row("overlap and gap of cases over the whole law", time.perf_counter() - begun, "s", 60)

"""The same job on a Spark cluster of this machine: the same answers, rejects apart."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tidewaiter.faces.tables import table


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")
def test_a_cluster_gives_the_same_answers(tmp_path: Path) -> None:
    rows = pl.DataFrame(
        {
            "key": [str(i) for i in range(400)],
            "on": [f"2025-0{1 + i % 9}-15" for i in range(400)],
            "item": [("H20", "A100", "RTX 4090", "nonesuch")[i % 4] for i in range(400)],
            "to": [("CN", "DE", None)[i % 3] for i in range(400)],
        }
    )
    rows.write_parquet(tmp_path / "in.parquet")
    out = tmp_path / "out"
    command = ["run", str(tmp_path / "in.parquet"), "--out", f"{out}.parquet", "--end-user-hq", "CN"]
    command += ["--engine", "spark", "--master", "local[2]", "--json"]
    # a process of its own: other tests may have a session with other settings
    done = subprocess.run(
        [sys.executable, "-m", "tidewaiter.faces.main", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr  # rejected rows are faults
    told = json.loads(done.stdout)
    assert (told["rows"], told["rejected"]) == (300, 100)
    own = ["key", "tw_outcome", "tw_layer", "tw_missing", "tw_confidence", "tw_verdict"]
    found = pl.read_parquet(f"{out}.parquet/*.parquet").select(own).sort("key")
    here = table(rows, end_user_hq="CN").filter(pl.col("tw_fault").is_null())
    assert found.equals(here.select(pl.col(own).cast(pl.String)).sort("key"))
    rejected = pl.read_parquet(f"{out}.parquet.rejects/*.parquet")
    assert set(rejected["item"]) == {"nonesuch"}
    assert rejected["tw_fault"].str.contains("nonesuch").all()

"""The same job on a Spark cluster of this machine: the same answers, rejects apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from tests.faces.running import cli

from tidewaiter.faces.tables import table


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")
def test_a_cluster_gives_the_same_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
    done = cli(capsys, "run", str(tmp_path / "in.parquet"), "--out", f"{out}.parquet", "--end-user-hq", "CN",
               "--engine", "spark", "--master", "local[2]", "--json")  # fmt: skip
    assert done.code == 2, "rejected rows are faults"
    assert (done.data["rows"], done.data["rejected"]) == (300, 100)
    own = ["key", "tw_outcome", "tw_layer", "tw_missing", "tw_confidence", "tw_verdict"]
    found = pl.read_parquet(f"{out}.parquet/*.parquet").select(own).sort("key")
    here = table(rows, end_user_hq="CN").filter(pl.col("tw_fault").is_null())
    assert found.equals(here.select(pl.col(own).cast(pl.String)).sort("key"))
    rejected = pl.read_parquet(f"{out}.parquet.rejects/*.parquet")
    assert set(rejected["item"]) == {"nonesuch"}
    assert rejected["tw_fault"].str.contains("nonesuch").all()

"""Whole runs: faults at once, rejects, resuming, nothing partial under the final name, one answer in all formats."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.faces.running import cli

from tidewaiter.base.errors import InputFaults
from tidewaiter.faces.composition import DEFAULT_PROFILE
from tidewaiter.faces.tables import setting
from tidewaiter.tables import job as jobs
from tidewaiter.tables.job import Job, Summary, prepare, run
from tidewaiter.tables.mapping import Wishes
from tidewaiter.tables.sources import Position

CHIPS, PLACES = ("H20", "A100", "RTX 4090", "nonesuch"), ("CN", "DE", "Atlantis")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    rows = [
        (
            f"k{i}",
            f"2025-0{1 + i % 9}-15",
            CHIPS[i % 4 if i > 500 else i % 3],
            PLACES[i % 3 if i > 500 else i % 2],
            "CN",
        )
        for i in range(2000)
    ]
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([("key", "on", "item", "to", "end_user_hq"), *rows])
    return path


def _job(table: Path, name: str = "out.csv", rows: int = 200, wishes: Wishes | None = None) -> Job:
    return Job(str(table), table.with_name(name), "export", wishes or Wishes(), DEFAULT_PROFILE, chunk_rows=rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def test_no_row_is_lost(table: Path) -> None:
    job = _job(table)
    summary = run(prepare(job, setting()))
    answered, rejected = _rows(job.output), _rows(job.rejects)
    assert len(answered) + len(rejected) == 2000
    assert (summary.rows, summary.rejected) == (len(answered), len(rejected))
    assert sorted([int(r["tw_line"]) for r in answered] + [int(r["line"]) for r in rejected]) == list(range(2, 2002))
    for row in rejected:
        cells = json.loads(row["row"])
        assert cells["item"] == "nonesuch" or cells["to"] == "Atlantis"
        assert ("nonesuch" in row["reason"]) == (cells["item"] == "nonesuch")
        assert ("Atlantis" in row["reason"]) == (cells["to"] == "Atlantis")
    verdicts = {json.loads(line)["verdict"] for line in job.verdicts.read_text().splitlines()}
    assert {row["tw_verdict"] for row in answered} == verdicts
    assert [path.name for path in table.parent.iterdir() if ".partial" in path.name or path.name[0] == "."] == []


def test_an_interrupted_run_takes_up_again(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _job(table, "whole.csv")
    run(prepare(whole, setting()))
    job, done = _job(table), []

    def stop(at: int, total: int, summary: Summary) -> None:
        done.append(at)
        if len(done) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(prepare(job, setting()), stop)
    assert not job.output.exists()
    assert not job.rejects.exists()
    answered: list[int] = []
    real = jobs.answered

    def counted(*args: Any) -> Any:
        answered.append(1)
        return real(*args)

    monkeypatch.setattr(jobs, "answered", counted)
    summary = run(prepare(job, setting()))
    assert summary.resumed > 0
    assert job.output.read_bytes() == whole.output.read_bytes()
    assert job.rejects.read_bytes() == whole.rejects.read_bytes()
    assert sorted(job.verdicts.read_text().splitlines()) == sorted(whole.verdicts.read_text().splitlines())
    assert len(answered) < len(list(prepare(_job(table, "x.csv"), setting()).source.chunks(Position(), 200)))


def test_a_changed_input_begins_anew(table: Path) -> None:
    job = _job(table)

    def stop(at: int, total: int, summary: Summary) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(prepare(job, setting()), stop)
    with open(table, "a") as file:
        file.write("k9999,2025-01-01,H20,CN,CN\n")
    assert run(prepare(job, setting())).resumed == 0
    assert "k9999" in {row["key"] for row in _rows(job.output)}


def test_every_format_gives_the_same_rows(table: Path) -> None:
    frame = pl.read_csv(table, infer_schema=False)
    frame.with_columns(pl.col("on").str.to_date()).write_parquet(table.with_suffix(".parquet"))
    frame.write_ipc(table.with_suffix(".arrow"))
    frame.write_ndjson(table.with_suffix(".jsonl"))
    found = []
    for source, output in ((".csv", "a.parquet"), (".parquet", "b.arrow"), (".arrow", "c.jsonl"), (".jsonl", "d.csv")):
        job = _job(table.with_suffix(source), output)
        run(prepare(job, setting()))
        reader = {".parquet": pl.read_parquet, ".arrow": pl.read_ipc, ".jsonl": pl.read_ndjson, ".csv": pl.read_csv}
        read = reader[job.output.suffix](job.output)  # type: ignore[operator]
        found.append(read.select(pl.col("key", "tw_outcome", "tw_verdict", "tw_text").cast(pl.String)).rows())
    assert found[0] == found[1] == found[2] == found[3]


def test_faults_of_the_head_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    days = ("01/02/2025", "2025.01.02", "20250102", "2 Jan 2025", "2025年1月2日")
    rows = [f"k{i % 8},{days[i % 5]},H20,{'Q' * (1 + i % 5)},much,1" for i in range(40)]
    path.write_text("key,on,item,to,quantity,destnation\n" + "\n".join(rows))
    job = Job(str(path), tmp_path / "no" / "out.xlsx", "export", Wishes(), "nonesuch")
    with pytest.raises(InputFaults) as caught:
        prepare(job, setting())
    text = str(caught.value)
    for part in ("is no table", "its folder does not exist", "did you mean destination", "5 other forms", "no number",
                 "none of country", "keys stand twice", "is no profile"):  # fmt: skip
        assert part in text, part
    assert [each.name for each in tmp_path.iterdir()] == ["in.csv"]


def test_keys_that_stand_twice_are_rejected(table: Path) -> None:
    with open(table, "a") as file:
        file.write("k3,2025-01-01,H20,CN,CN\n,2025-01-01,H20,CN,CN\n")
    job = _job(table)
    run(prepare(job, setting()))
    late = {row["line"]: row["reason"] for row in _rows(job.rejects) if int(row["line"]) > 2001}
    assert late == {"2002": "key: the key stood before", "2003": "key: has no key"}


@pytest.fixture
def shipments(tmp_path: Path) -> tuple[Path, Path]:
    rows, parties = tmp_path / "in.csv", tmp_path / "parties.csv"
    rows.write_text("order,on,item,to\na,2024-06-15,H100,SG\nb,2024-06-15,H100,SG\nc,2024-06-15,H100,SG\n")
    parties.write_text(
        "order,role,headquarters,parent_headquarters\na,end_user,SG,CN\nb,end_user,SG,\nb,purchaser,SG,SG\n"
        "c,end_user,US,\n"
    )
    return rows, parties


def test_rows_of_relations_from_child_files(shipments: tuple[Path, Path]) -> None:
    from tidewaiter.faces.asking import Asked, answer

    rows, parties = shipments
    job = Job(str(rows), rows.with_name("out.csv"), "export", Wishes(key="order"), DEFAULT_PROFILE,
              {"parties": str(parties)})  # fmt: skip
    run(prepare(job, setting()))
    got = {row["order"]: row["tw_outcome"] for row in _rows(job.output)}
    held = {
        "a": [{"role": "end_user", "headquarters": "SG", "parent_headquarters": "CN"}],
        "b": [{"role": "end_user", "headquarters": "SG"},
              {"role": "purchaser", "headquarters": "SG", "parent_headquarters": "SG"}],
        "c": [{"role": "end_user", "headquarters": "US"}],
    }  # fmt: skip
    import datetime as dt

    for key, each in held.items():
        alone = answer(Asked("export", "H100", dt.date(2024, 6, 15), {"to": "SG"}, {"parties": each}))
        assert got[key] == alone.outcome, key


# the command line ---------------------------------------------------------------------------------


def test_the_command_answers_and_sums_up(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(table.with_name("o.csv"))
    done = cli(capsys, "run", str(table), "--out", out, "--exporter", "nvidia", "--json")
    assert done.code == 2, "rejected rows are faults"
    assert done.data["rows"] + done.data["rejected"] == 2000
    assert sum(done.data["outcomes"].values()) == done.data["rows"]
    again = cli(capsys, "run", str(table), "--out", out, "--exporter", "nvidia")
    assert again.code == 2
    assert "--force" in again.err
    fine = table.with_name("fine.csv")
    fine.write_text("key,on,item,to,end_user_hq\n1,2025-01-28,H20,CN,CN\n")
    assert cli(capsys, "run", str(fine), "--out", out, "--force").code == 0
    fine.write_text("key,on,item,to,end_user_hq\n1,2025-01-28,H20,CN,CN\n2,2025-05-01,H20,CN,CN\n")
    done = cli(capsys, "run", str(fine), "--out", out, "--force", "--exporter", "nvidia", "--lang", "zh")
    assert done.code == 1
    assert "需要许可" in done.out


def test_one_row_is_proved(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = cli(capsys, "run", str(table), "--explain", "k4", "--json")
    alone = cli(capsys, "check", "--item", "A100", "--to", "CN", "--end-user-hq", "CN", "--on", "2025-05-15",
                "--json", "--proof", "--no-ask")  # fmt: skip
    assert done.code == alone.code
    assert done.data == alone.data


def test_a_mapping_file(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = table.with_name("own.csv")
    rows.write_text("Bestellnr,shipped,chip,dest,buyer seat,price\n7,2025-05-01,H20,中国,CN,12\n")
    mapping = table.with_name("map.yaml")
    mapping.write_text(
        "key: Bestellnr\non: shipped\nitem: chip\ncolumns: {dest: to, buyer seat: end-user-hq}\nignore: [price]\n"
        "constants: {exporter: nvidia}\n"
    )
    out = table.with_name("o.jsonl")
    assert cli(capsys, "run", str(rows), "--map", str(mapping), "--out", str(out)).code == 1
    row = json.loads(out.read_text())
    assert (row["Bestellnr"], row["tw_outcome"], row["tw_layer"]) == ("7", "license_required", "addressee")

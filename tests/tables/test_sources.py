"""Tables read: every row once, with its line; what is no row is told, never guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tidewaiter.base.errors import InputFaults
from tidewaiter.tables import blocks, sources
from tidewaiter.tables.sources import Position, open_source


def _read(path: Path, rows: int = 50) -> tuple[list[tuple[Any, ...]], list[tuple[int, str]]]:
    """(line, cells…) of each row, and (line, reason) of each that is none."""
    found, unread = [], []
    for chunk in open_source(str(path)).chunks(Position(), rows):
        found += [(line, *cells) for line, cells in zip(chunk.lines.to_list(), chunk.frame.rows(), strict=True)]
        unread += [(row.line, row.reason) for row in chunk.unread]
    return found, unread


def test_quotes_line_breaks_and_commas(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'key,name\r\n1,"Foo, Inc."\r\n2,"two\r\nlines"\r\n3,plain\r\n')
    rows, unread = _read(path)
    assert [row[1:] for row in rows] == [("1", "Foo, Inc."), ("2", "two\r\nlines"), ("3", "plain")]
    assert [row[0] for row in rows] == [2, 3, 5]
    assert not unread


def test_rows_of_other_lengths_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3\n4,5\n6,7,8,9\n\n10,11,12\n")
    rows, unread = _read(path)
    assert [row[1] for row in rows] == ["1", "10"]
    assert unread == [(3, "has 2 cells where the header has 3"), (4, "has 4 cells where the header has 3")]


def test_every_chunk_takes_up_where_the_last_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [f'{i},"x{i}' + ("\nmore" if i % 7 == 0 else "") + '"' for i in range(3000)]
    path.write_text("key,text\n" + "\n".join(lines) + "\n")
    source = open_source(str(path))
    whole = list(source.chunks(Position(), 10))
    assert len(whole) > 3
    again = next(source.chunks(whole[1].after, 10))
    assert again.frame.equals(whole[2].frame)
    assert again.lines.equals(whole[2].lines)
    assert [key for chunk in whole for key in chunk.frame["key"]] == [str(i) for i in range(3000)]


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sources, blocks):
        monkeypatch.setattr(module, "MAX_LINE", 5000)
    monkeypatch.setattr(blocks, "BLOCK", 4096)
    path = tmp_path / "a.csv"
    path.write_text("key,text\n1,a\n2," + "x" * 40_000 + "\n3,c\n")
    rows, unread = _read(path, 10)
    assert [row[:2] for row in rows] == [(2, "1"), (4, "3")]
    assert [(line, reason[:14]) for line, reason in unread] == [(3, "is longer than")]


def test_encodings_and_headers_are_faults_of_the_head(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("key,to,to\n1,中国,x\n".encode() + "2,中国,y\n".encode("gb18030"))
    faults = open_source(str(path)).faults()
    assert [fault.what.partition(" (")[0] for fault in faults] == [
        "column 'to' stands 2 times",
        "mixes UTF-8 with another encoding",
    ]
    assert "gb18030" in faults[1].remedy
    path.write_bytes("key,to\n1,2\n".encode("utf-16"))
    with pytest.raises(InputFaults, match="UTF-16"):
        open_source(str(path))


def test_json_lines_keep_lists_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = ['{"key": 1, "parties": [{"role": "x"}], "ok": true}', "no json", '{"key": 2, "key": 3}', '{"key": 4}']
    path.write_text("\n".join(lines))
    rows, unread = _read(path)
    assert rows[0][0] == 1
    assert json.loads(str(rows[0][2])) == [{"role": "x"}]
    assert rows[0][3] == "true"
    assert [line for line, _ in unread] == [2, 3]


@pytest.mark.parametrize("ending", ["parquet", "arrow"])
def test_columnar_files_in_chunks(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    frame = pl.DataFrame({"key": range(1000), "to": ["CN", None] * 500})
    frame.write_parquet(path) if ending == "parquet" else frame.write_ipc(path)
    chunks = list(open_source(str(path)).chunks(Position(300, 301), 250))
    assert pl.concat([chunk.frame for chunk in chunks]).equals(frame.slice(300))
    assert chunks[0].lines[0] == 301
    assert max(chunk.frame.height for chunk in chunks) <= 250


def test_what_is_no_table(tmp_path: Path) -> None:
    for name, data in (("a.parquet", b"no"), ("a.csv", b""), ("a.xlsx", b"PK"), ("missing.csv", None)):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(InputFaults):
            open_source(str(path))

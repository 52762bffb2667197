"""Decisions: kept whole, applied next time, open again when the entry or the question changed."""

from __future__ import annotations

import datetime as dt
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tidewaiter.base.errors import InputFaults
from tidewaiter.keeping import Disposition, Dispositions, Subject

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
WHO = Subject.of("zhi pu", "智谱", country="CN", address="")
DECIDED = Disposition("cleared", "another registration number", "J. Doe", NOW, WHO, "list:1", "abc", "Zhipu")


@pytest.fixture
def store(tmp_path: Path) -> Dispositions:
    return Dispositions(tmp_path / "deep" / "d.jsonl")


def test_a_decision_applies_next_time(store: Dispositions) -> None:
    assert store.standing(WHO, "list:1", "abc") is None
    store.record(DECIDED)
    found = Dispositions(store.path).standing(WHO, "list:1", "abc")
    assert found is not None
    assert found.holds
    assert found.disposition == DECIDED
    assert store.standing(WHO, "list:2", "abc") is None
    assert store.standing(replace(WHO, name="other"), "list:1", "abc") is None


def test_it_is_open_again_when_something_changed(store: Dispositions) -> None:
    store.record(DECIDED)
    changed = {
        ("entry",): (WHO, "abd"),
        ("country",): (Subject.of("zhi pu", "智谱", country="HK"), "abc"),
        ("address", "country"): (Subject.of("zhi pu", "智谱", address="1 Road"), "abc"),
        ("entry", "country"): (Subject.of("zhi pu", "智谱"), "x"),
    }
    for expected, (subject, digest) in changed.items():
        found = store.standing(subject, "list:1", digest)
        assert found is not None
        assert (found.changed, found.holds) == (expected, False)


def test_the_last_decision_counts_and_all_stay(store: Dispositions) -> None:
    for verdict in ("cleared", "confirmed"):
        store.record(replace(DECIDED, verdict=verdict))
    found = store.standing(WHO, "list:1", "abc")
    assert found is not None
    assert found.disposition.verdict == "confirmed"
    store.record(replace(DECIDED, verdict="reopened"))
    assert store.standing(WHO, "list:1", "abc") is None
    assert [each.verdict for each in store.all()] == ["cleared", "confirmed", "reopened"]


def test_a_decision_needs_a_reason_and_a_person(store: Dispositions) -> None:
    with pytest.raises(InputFaults) as caught:
        store.record(replace(DECIDED, reason=" ", by=""))
    assert [fault.where for fault in caught.value.faults] == ["reason", "by"]
    assert not store.path.exists()


def test_lines_that_are_no_decisions_are_told_and_skipped(store: Dispositions) -> None:
    store.record(DECIDED)
    with store.path.open("ab") as file:
        file.write(b'\xff\n{"verdict": "cleared"}\n[]\n{"verdict": "cle')
    store.record(replace(DECIDED, entry="list:2"))
    fresh = Dispositions(store.path)
    assert [each.entry for each in fresh.all()] == ["list:1", "list:2"]
    assert [fault.where.rpartition(":")[2] for fault in fresh.faults] == ["2", "3", "4", "5"]


def test_a_full_disk_leaves_the_store_as_it_was(store: Dispositions, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(DECIDED)
    before = store.path.read_bytes()
    write = os.write

    def half(file: int, data: bytes) -> int:
        if len(data) < 50:
            raise OSError(28, "No space left on device")
        return write(file, data[: len(data) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(InputFaults, match="No space left"):
        store.record(DECIDED)
    assert store.path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputFaults, match="cannot be written"):
        Dispositions(tmp_path / "file" / "d.jsonl").record(DECIDED)
    with pytest.raises(InputFaults, match="cannot be read"):
        Dispositions(tmp_path).all()


def test_many_at_once_all_arrive(store: Dispositions) -> None:
    def add(number: int) -> None:
        Dispositions(store.path).record(replace(DECIDED, entry=f"list:{number}", reason="r" * 500))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(60)))
    assert {each.entry for each in store.all()} == {f"list:{number}" for number in range(60)}
    assert all(json.loads(line) for line in store.path.read_text(encoding="utf-8").splitlines())


def test_the_folder_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIDEWAITER_HOME", str(tmp_path / "mine"))
    assert Dispositions().path == tmp_path / "mine" / "dispositions.jsonl"
    monkeypatch.delenv("TIDEWAITER_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Dispositions().path == tmp_path / "tidewaiter" / "dispositions.jsonl"

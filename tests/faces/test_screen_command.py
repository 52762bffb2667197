"""`tidewaiter screen` as a stranger uses it: names, files, decisions, faults; on the table that is shipped."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faces.running import cli

from tidewaiter.faces.screening.sources import forget_sources

Capture = pytest.CaptureFixture[str]
FEBRUARY = ("--on", "2025-02-15")
ZHIPU = "entity_list:f2cc2f097d12"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for decisions; the shipped lists need no index kept."""
    monkeypatch.setenv("TIDEWAITER_HOME", str(tmp_path))
    forget_sources()
    yield tmp_path
    forget_sources()


def test_plain_question_18(capsys: Capture) -> None:
    after = cli(capsys, "screen", "智谱", *FEBRUARY)
    assert after.code == 1
    for told in ("Possible match", "Entity List: Beijing Zhipu Huazhang", "listed since 2025-01-16", "90 FR 4617"):
        assert told in after.out
    assert "License required" in after.out
    assert "Presumption of denial" in after.out
    before = cli(capsys, "screen", "智谱", "--on", "2024-12-15")
    assert before.code == 3
    assert "Not listed on that day" in before.out
    assert "listed from 2025-01-16" in before.out


def test_chinese_output_is_chinese(capsys: Capture) -> None:
    done = cli(capsys, "screen", "智谱", *FEBRUARY, "--lang", "zh", "--owner", "华为=60")
    for told in (
        "可能匹配",
        "实体清单",
        "自2025-01-16起列名",
        "若即为该当事方",
        "需要许可",
        "所有者",
        "不构成法律意见",
    ):
        assert told in done.out
    for english in ("Possible match", "listed since", "If this is", "By ownership", "not at hand", "Owners"):
        assert english not in done.out


def test_json_of_one_and_of_several(capsys: Capture) -> None:
    one = cli(capsys, "screen", "智谱", *FEBRUARY, "--json", "--list", "EL")
    assert (one.data["schema_version"], one.data["exit_code"], one.data["outcome"]) == (1, 1, "possible_match")
    two = cli(capsys, "screen", "智谱", "Gemeindebäckerei Huber", *FEBRUARY, "--json", "--list", "EL")
    assert [each["outcome"] for each in two.data["screenings"]] == ["possible_match", "undetermined"]
    assert two.code == 3  # what is open goes before a restriction


def test_owners_on_the_command_line(capsys: Capture, tmp_path: Path) -> None:
    owners = ("--owner", "SMIC=30", "--owner", "华为=25", "--country", "CN")
    done = cli(capsys, "screen", "Example Foundry", *owners, "--on", "2025-10-15")
    assert done.code == 1
    assert "if they are the listed parties" in done.out
    assert "45 %  not stated" in done.out
    assert "Sum over Owners: Share ≥ 50%  [55% to 100%]" in done.out
    suspended = cli(capsys, "screen", "Example Foundry", *owners, "--on", "2025-12-01")
    assert suspended.code == 3  # the rule is suspended; the lists are not complete for that day
    assert "By ownership: No license required" in suspended.out
    assert "Listed minority owner" in suspended.out
    file = tmp_path / "owners.csv"
    file.write_text("owner,owned,share\nSMIC,Example Foundry,120\n", encoding="utf-8")
    wrong = cli(capsys, "screen", "Example Foundry", "--owners", str(file), "--on", "2025-1-1", "--country", "Mars")
    assert wrong.code == 2
    assert [fault for fault in wrong.faults if "owners.csv:2: share" in fault]
    assert len(wrong.faults) == 3


def test_a_decision_is_kept_shown_and_taken_back(capsys: Capture) -> None:
    why = ("--because", "other registration number", "--by", "J. Doe")
    cleared = cli(capsys, "screen", "智谱", *FEBRUARY, "--clear", ZHIPU, *why)
    assert "Cleared before" in cleared.out
    kept = cli(capsys, "screen", "--dispositions", "--json")
    assert [(each["verdict"], each["entry"], each["by"]) for each in kept.data["dispositions"]] == [
        ("cleared", ZHIPU, "J. Doe")
    ]
    assert "J. Doe" in cli(capsys, "screen", "--dispositions").out
    again = cli(capsys, "screen", "智谱", *FEBRUARY, "--country", "CN")
    assert "open again: another country was asked" in again.out
    asked = ("check", "--question", "party", "--name", "智谱", "--to", "CN", "--hq", "CN", *FEBRUARY)
    assert "open again (another country was asked)" in cli(capsys, *asked).out
    confirmed = cli(capsys, "screen", "智谱", *FEBRUARY, "--country", "CN", "--confirm", ZHIPU, *why)
    assert "Confirmed listing" in confirmed.out
    counted = cli(capsys, *asked)
    assert counted.code == 1
    assert "confirmed by J. Doe" in counted.out
    cli(capsys, "screen", "智谱", *FEBRUARY, "--country", "CN", "--reopen", ZHIPU, *why)
    assert cli(capsys, "screen", "智谱", *FEBRUARY).out.startswith("Possible match")


@pytest.mark.parametrize(
    ("arguments", "places"),
    [
        ((), {"NAME"}),
        (("A", "--clear", "x"), {"--because", "--by"}),
        (("A", "--clear", "x", "--confirm", "y", "--because", "r", "--by", "p"), {"decision"}),
        (("A", "B", "--clear", "x", "--because", "r", "--by", "p"), {"NAME"}),
        (("Example", "--clear", "x", "--because", "r", "--by", "p"), {"key"}),
        (("A", "--because", "r"), {"--because"}),
        (("A", "--threshold", "high", "--limit", "-1", "--kind", "dog", "--list", "nowhere", "--identifier", "x"),
         {"--threshold", "--limit", "--kind", "--list", "--identifier"}),
        (("A", "--owner", "B=5", "--owners", "none.csv"), {"--owner"}),
        (("A", "--file", "x.csv"), {"--file"}),
        (("A", "--output", "x.csv"), {"--output"}),
        (("--dispositions", "A"), {"--dispositions"}),
        (("x" * 2000,), {"name"}),
        (("--file", "missing.csv"), {"missing.csv"}),
    ],
)  # fmt: skip
def test_faults_are_told_all_at_once(capsys: Capture, arguments: tuple[str, ...], places: set[str]) -> None:
    done = cli(capsys, "screen", *arguments, "--json")
    assert done.code == 2
    assert places <= {fault["where"] for fault in done.data["faults"]}
    assert not done.err.count("Traceback")


ROWS = (
    "名称,国家,on,id,note\n智谱,中国,2025-02-15,a,x\n智谱,CN,2024-12-15,b,\nGemeindebäckerei Huber,DE,,c,\n"
    ",CN,,d,\nHuawei,Mars,,e,\n=1+1,,bad,f,\n"
)


def test_a_file_of_names(capsys: Capture, tmp_path: Path) -> None:
    names, answers = tmp_path / "names.csv", tmp_path / "answers.csv"
    names.write_text(ROWS, encoding="utf-8")
    done = cli(capsys, "screen", "--file", str(names), "--output", str(answers), *FEBRUARY)
    assert done.code == 2  # rows were rejected
    assert done.out == ""
    with answers.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["outcome"]) for row in rows] == [
        ("a", "possible_match"), ("b", "elsewhen"), ("c", "undetermined"), ("d", "rejected"), ("e", "rejected"),
        ("f", "rejected")]  # fmt: skip
    assert (rows[0]["key"], rows[0]["if_this_party"], rows[0]["on"]) == (ZHIPU, "license_required", "2025-02-15")
    assert rows[5]["name"] == "'=1+1"
    assert [line for line in done.faults if "row 5 rejected" in line]
    lines = cli(capsys, "screen", "--file", str(names), "--json", *FEBRUARY)
    assert [json.loads(line)["id"] for line in lines.out.splitlines()] == list("abcdef")


def test_an_output_that_cannot_be_written_leaves_nothing(capsys: Capture, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name\nHuawei\n", encoding="utf-8")
    done = cli(capsys, "screen", "--file", str(names), "--output", str(tmp_path / "no" / "where.csv"))
    assert done.code == 2
    assert "cannot be written" in done.err
    held = tmp_path / "answers.csv"
    held.write_text("before", encoding="utf-8")
    names.write_text("wrong\nHuawei\n", encoding="utf-8")
    assert cli(capsys, "screen", "--file", str(names), "--output", str(held)).code == 2
    assert held.read_text(encoding="utf-8") == "before"
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".aside")]


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b'name\n"A', b"\x00\x00", b"name\n" + b"x" * 5000 + b"\n"])
def test_files_that_are_none(capsys: Capture, tmp_path: Path, data: bytes) -> None:
    names = tmp_path / "names.csv"
    names.write_bytes(data)
    done = cli(capsys, "screen", "--file", str(names))
    assert done.code == 2
    assert "Traceback" not in done.err

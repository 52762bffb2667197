"""`tidewaiter lists`: which lists, import, show, history."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evidence.parties.lists.made_up import csl_lines, csl_record, written
from tests.faces.running import cli

__all__: list[str] = []


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_HOME", str(tmp_path / "home"))


def test_all_lists_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    done = cli(capsys, "lists")
    assert (done.code, done.err) == (0, "")
    assert "Entity List" in done.out
    assert "undetermined, not clear" in done.out
    assert "实体清单" in cli(capsys, "lists", "--lang", "zh").out
    data = cli(capsys, "lists", "--json").data
    (row,) = (row for row in data["lists"] if row["list"] == "entity_list")
    assert (row["complete"], row["fact"], len(row["editions"])) == ([], "party.on_entity_list", 1)


def test_import_says_what_it_took_and_what_not(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = csl_lines(csl_record("Example Kites", alt_names=["Paper Birds"]), csl_record("Boats", source="Gazette"))
    path = str(written(tmp_path, "x", text))
    done = cli(capsys, "lists", "import", path, "--as-of", "2026-01-02")
    assert (done.code, done.err) == (0, "")
    assert "x:2: source 'Gazette' is no known list" in done.out
    data = cli(capsys, "lists", "import", path, "--as-of", "2026-01-02", "--json").data
    assert (data["entries"], data["editions"], len(data["known"]), len(data["rejected"])) == (1, [], 13, 1)
    (entry,) = cli(capsys, "lists", "history", "paper birds", "--json").data["entries"]
    assert entry["events"] == [{"on": "2026-01-02", "event": "listed", "detail": "first_seen"}]
    shown = cli(capsys, "lists", "show", entry["key"])
    assert "listed on or before 2026-01-02" in shown.out
    assert cli(capsys, "lists", "show", entry["key"], "--json").data["footnotes"][0]["number"] == 4


def test_history_of_a_name_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    done = cli(capsys, "lists", "history", "哈尔滨工业大学", "--lang", "zh")
    assert done.code == 0
    assert "脚注不明" in done.out
    assert "该脚注是否仍适用不明" in done.out
    assert "2023-03-02" in done.out


def test_a_name_looked_for_in_vain(capsys: pytest.CaptureFixture[str]) -> None:
    done = cli(capsys, "lists", "history", "DeepSeek")
    assert "not found, 2026-07-31" in done.out
    assert "Other days are undetermined." in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "no-such-file"), "no such file"),
        (("import", "FILE"), "give --as-of"),
        (("import", "FILE", "--as-of", "yesterday"), "write YYYY-MM-DD"),
        (("import", "FILE", "--as-of", "2026-01-02", "--list", "x"), "'x' is not known"),
        (("show", "entity_list:none"), "is no entry"),
        (("history", "no such party at all"), "is no name in the lists"),
        (("history", "\x1b[31m"), "is no name in the lists"),
    ],
)
def test_faults_are_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    path = str(written(tmp_path, "x", csl_lines(csl_record("Example"))))
    done = cli(capsys, "lists", *(path if each == "FILE" else each for each in arguments))
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err

"""The other commands: timeline, law, catalog, vocabulary, read, demo; the house's start-up budget."""

from __future__ import annotations

import ast
import datetime as dt
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from tests.faces.running import cli

from tidewaiter.base.yaml import load_yaml
from tidewaiter.faces import asking

__all__: list[str] = []

Capture = pytest.CaptureFixture[str]
FACES = Path(asking.__file__).parent


def test_a_timeline_covers_every_day_once(capsys: Capture) -> None:
    done = cli(capsys, "timeline", "A100", "--to", "CN", "--from-date", "2022-06-01", "--until", "2023-12-31", "--json")
    stretches = done.data["stretches"]
    assert done.code == 0
    assert stretches[0]["from"] == "2022-06-01"
    assert stretches[-1]["to"] == "2023-12-31"
    for before, after in pairwise(stretches):
        assert dt.date.fromisoformat(after["from"]) - dt.date.fromisoformat(before["to"]) == dt.timedelta(days=1)
    assert [each["outcome"] for each in stretches][:2] == ["no_license_required", "license_required"]
    assert stretches[1]["from"] == "2022-10-21"
    assert "87 FR 62186" in stretches[1]["changed_by"]


def test_a_timeline_is_drawn(capsys: Capture) -> None:
    out = cli(capsys, "timeline", "A100", "--to", "CN", "--until", "2023-01-31").out
    assert "░" in out
    assert "█" in out
    assert "2022-10-21" in out


def test_the_law_is_listed_shown_and_compared(capsys: Capture) -> None:
    listed = cli(capsys, "law", "list", "3A090.a", "--json").data["provisions"]
    assert any(each["term"] == "ic.eccn_3a090_a" for each in listed)
    shown = cli(capsys, "law", "show", "3a090_a", "--json").data
    assert [each["from"] for each in shown["versions"]] == ["2022-10-21", "2023-11-17"]
    assert shown["referred_to_by"]
    one = cli(capsys, "law", "show", "ic.eccn_3a090_a", "--on", "2023-01-01", "--json").data
    assert [each["from"] for each in one["versions"]] == ["2022-10-21"]
    page = cli(capsys, "law", "show", "3a090_a").out
    assert "tpp >= 4800" in page
    differs = cli(capsys, "law", "diff", "3a090_a", "2023-01-01", "2024-01-01").out
    assert "\n  + " in differs
    assert "\n  - " in differs
    same = cli(capsys, "law", "diff", "3a090_a", "2024-01-01", "2024-02-01", "--json").data
    assert same["same"] is True


def test_a_provision_with_overlays_has_a_history(capsys: Capture) -> None:
    out = cli(capsys, "law", "history", "rs_worldwide").out
    assert "replaces" in out
    assert "2025-05-13" in out


def test_an_ambiguous_provision_names_candidates(capsys: Capture) -> None:
    done = cli(capsys, "law", "show", "nac_")
    assert done.code == 2
    assert "nac_available" in done.err


def test_coverage_counts_and_says_what_is_left_out(capsys: Capture) -> None:
    data = cli(capsys, "law", "coverage", "--json").data
    assert data["counts"]["provisions"] == sum(each["provisions"] for each in data["folders"]) > 100
    assert all(each["reason"] and each["effect"] for each in data["not_encoded"])
    assert cli(capsys, "law", "coverage", "--lang", "zh").out.startswith("已编码的法律")


def test_coverage_of_one_body_of_law(capsys: Capture) -> None:
    (row,) = cli(capsys, "law", "coverage", "--regime", "data_security", "--json").data["scope"]
    assert row["encoded"] + row["partly"] + row["left_out"] == len(row["sections"]) > 30
    assert all(each["reason"] or each["status"] == "encoded" for each in row["sections"])
    page = cli(capsys, "law", "coverage", "--regime", "data_security").out
    assert all(each["section"] in page for each in row["sections"])
    wrong = cli(capsys, "law", "coverage", "--regime", "data_securty")
    assert (wrong.code, "data_security" in wrong.err) == (2, True)


def test_groups_and_instruments(capsys: Capture) -> None:
    d5 = cli(capsys, "law", "groups", "d5", "--on", "2025-01-15", "--json").data
    assert "CN" in d5["members"]
    assert len(cli(capsys, "law", "groups", "--json").data["groups"]) > 10
    assert "88 FR 73458" in cli(capsys, "law", "instruments", "88 FR").out


def test_the_catalog_shows_figures_and_class(capsys: Capture) -> None:
    data = cli(capsys, "catalog", "H20", "--on", "2024-01-01", "--json").data
    assert data["figures"]["die_area"]["value"] == 814
    found = {each["term"]: each["value"] for each in data["class"]["text"]}
    assert found["ic.tpp"] == 2368
    assert data["sources"]
    listed = cli(capsys, "catalog", "gaudi", "--json").data
    assert listed.get("items") or listed["name"]
    assert len(cli(capsys, "catalog", "--json").data["items"]) > 100


def test_the_catalog_knows_models_too(capsys: Capture) -> None:
    data = cli(capsys, "catalog", "DeepSeek-R1", "--json").data
    assert data["form"] == "model"
    assert data["figures"]["operations"]["value"] > 1e24
    assert "DeepSeek-R1" in cli(capsys, "catalog", "deepseek").out


def test_the_vocabulary_says_all_of_a_fact(capsys: Capture) -> None:
    fact = cli(capsys, "vocabulary", "ic.die_area", "--json").data["facts"][0]
    assert fact["unit"] == "mm²"
    assert fact["range"] == {"min": 0.0, "max": 1000000.0}
    assert fact["option"] == "--die-area"
    assert fact["ask"]["zh"]
    assert "--die-area" in cli(capsys, "vocabulary", "die_area").out


def test_an_article_is_read_with_the_law_of_its_day(capsys: Capture) -> None:
    sample = FACES.parent / "reading" / "data" / "sample_article.txt"
    data = cli(capsys, "read", str(sample), "--json").data
    chips = {each["key"]: each for each in data["chips"]}
    h20 = next(each for key, each in chips.items() if "h20" in key)
    assert {each["outcome"] for each in h20["then"]} == {"no_license_required"}
    assert h20["mentions"] == 2
    dated = cli(capsys, "read", str(sample), "--published", "2025-06-01", "--json").data
    h20 = next(each for each in dated["chips"] if "h20" in each["key"])
    assert {each["outcome"] for each in h20["then"]} == {"license_required"}
    assert "法律如何看待这些芯片" in cli(capsys, "read", str(sample), "--lang", "zh").out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_tour_runs(capsys: Capture, language: str) -> None:
    done = cli(capsys, "demo", "--lang", language)
    assert done.code == 0
    for part in ("NVIDIA H20", "4,000 GB/s", "RTX 4090", "H200", "NAC"):
        assert part in done.out


def test_every_fixed_word_has_its_chinese() -> None:
    known = load_yaml((FACES / "data" / "words.yaml").read_text(encoding="utf-8"), "words.yaml")
    used: set[str] = set()
    for path in FACES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func) in ("words", "self.words", "screen.words")
            if called and node.args and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                used.add(str(node.args[0].value))  # type: ignore[attr-defined]
    assert len(used) > 60
    assert sorted(used - set(known)) == []


def test_a_start_loads_nothing_heavy() -> None:
    heavy = ("polars", "numpy", "z3", "trafilatura", "pydantic", "rich", "opencc", "rapidfuzz", "ahocorasick")
    code = (
        "import sys; from tidewaiter.faces.main import run; "
        "run(['check', '--item', 'H20', '--to', 'CN', '--on', '2025-05-01', '--json']); "
        f"sys.exit(' '.join(name for name in {heavy!r} if name in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def test_the_module_can_be_run() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tidewaiter.faces.main", "--version"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("tidewaiter ")

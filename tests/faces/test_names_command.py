"""`tidewaiter names`: two names, files of pairs, and what is wrong with either."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tidewaiter.base.errors import InputFaults
from tidewaiter.faces.cli.app import app_for
from tidewaiter.faces.naming import compare_names, measure_pairs, scored_csv

__all__: list[str] = []


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app_for("names"), ["names", *arguments])
    return done.exit_code, done.output


def test_two_names_alike() -> None:
    code, text = run("成都星河智能科技有限公司", "Chengdu Xinghe Intelligent Technology Co., Ltd.")
    assert code == 1
    assert "possible match" in text
    assert "Mandarin reading" in text


def test_two_names_apart_say_why_in_chinese() -> None:
    code, text = run("宏图（昆山）光电有限公司", "宏图（南京）光电有限公司", "--lang", "zh")
    assert code == 0
    assert "低于提示线" in text
    assert "地名不同" in text


def test_json_holds_the_pieces() -> None:
    code, text = run("CHEN, Quanguo", "陈全国", "--schema", "person", "--json")
    found = json.loads(text)
    assert code == 1
    assert found["schema"] == "Person"
    assert found["aligned"][0]["how"] == "pinyin"
    assert found["possible_match"] is True


def test_aliases_of_the_curated_table() -> None:
    plain = compare_names("新凯来", "SiCarrier")
    known = compare_names("新凯来", "SiCarrier", aliases=True)
    assert plain["score"] < plain["threshold"] <= known["score"]
    assert known["through"] == "新凯来 = SiCarrier"
    assert known["source"]


def test_every_fault_at_once() -> None:
    with pytest.raises(InputFaults) as caught:
        compare_names("", "()", "Ship")
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("one",),
        (),
        ("a", "b", "c"),
        ("a", "b", "--out", "x.csv"),
        ("a", "b", "--pairs", "x.csv"),
        ("a", "b", "--lang", "fr"),
    ],
)
def test_wrong_usage_is_a_fault(arguments: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app_for("names"), ["names", *arguments])
    assert isinstance(done.exception, InputFaults)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_pairs_are_scored_and_measured(tmp_path: Path) -> None:
    text = (
        "query,candidate,schema,is_match,mine\n"
        "星河科技,Xinghe Technology,Organization,1,=1+1\n"
        "Korvex Bank,Korvex Textiles,,0,x\n"
        "王大伟,王大伟,Person,true,x\n"
        "Korvex,Bluebird,,1,x\n"
    )
    data = measure_pairs(written(tmp_path / "pairs.csv", text))
    whole = data["measures"][0]
    assert (whole["script"], whole["pairs"], whole["found"], whole["right"]) == ("all", 4, 2, 2)
    assert (whole["precision"], whole["recall"], whole["f1"]) == (1.0, 0.667, 0.8)
    assert [row["script"] for row in data["measures"]] == ["all", "hanzi-hanzi", "hanzi-latin", "latin-latin"]
    out = tmp_path / "scores.csv"
    code, shown = run("--pairs", str(tmp_path / "pairs.csv"), "--out", str(out))
    assert code == 0
    assert "0.800" in shown
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["possible_match"] for row in rows] == ["True", "False", "True", "False"]
    assert rows[0]["mine"] == "'=1+1"
    assert rows[1]["against"] == "business"


def test_pairs_without_labels_are_only_scored(tmp_path: Path) -> None:
    data = measure_pairs(written(tmp_path / "pairs.csv", "query,candidate\nKorvex Tech,Korvex Technologies\n"))
    assert data["measures"] == []
    assert data["pairs"][0]["score"] >= 0.9
    assert scored_csv(data).startswith("query,candidate,score,")
    code, text = run("--pairs", str(tmp_path / "pairs.csv"))
    assert code == 0
    assert "nothing to measure" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no columns"),
        ("", "no columns"),
        ("query,candidate,is_match\nKorvex,Korvex,perhaps\n", "is_match"),
        ("query,candidate,schema\nKorvex,Korvex,Ship\n", "no kind of name"),
        ("query,candidate\nKorvex\n", "empty"),
        ("query,candidate\n…,Korvex\n", "no letter"),
    ],
)
def test_faults_of_a_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputFaults, match=said):
        measure_pairs(written(tmp_path / "pairs.csv", text))


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(InputFaults, match="cannot be read"):
        measure_pairs(tmp_path / "none.csv")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputFaults, match="cannot be read"):
        measure_pairs(tmp_path / "bytes.csv")

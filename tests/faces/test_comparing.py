"""`tidewaiter compare` and `tidewaiter amendments` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.faces.running import cli


def test_an_amendment_as_json_and_as_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    done = cli(capsys, "compare", "law", "chinese-developers-barred", "--json")
    assert done.code == 1
    [question] = done.data["questions"]
    assert question["question"] == "hosting"
    assert question["provisions"][0]["after"]["lines"] != question["provisions"][0]["before"]["lines"]
    assert all(flip["because_after"] for flip in question["flips"])
    page = cli(capsys, "compare", "law", "chinese-developers-barred", "--lang", "zh")
    assert "需要许可" in page.out


def test_a_file_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(cli(capsys, "amendments", "apps-delisted", "--json").data["text"], encoding="utf-8")
    done = cli(capsys, "compare", "law", str(own), "--json")
    assert done.data["flips"] == 1
    early = cli(capsys, "compare", "law", str(own), "--on", "2026-11-23", "--json")
    assert (early.code, early.data["flips"]) == (0, 0)
    assert early.data["after"]["not_yet"]


def test_the_gallery(capsys: pytest.CaptureFixture[str]) -> None:
    listed = cli(capsys, "amendments", "--json").data["amendments"]
    assert len(listed) >= 12
    assert "H20" in cli(capsys, "amendments").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare", "law", "no-such-thing"), "no date, layer or amendment"),
        (("compare", "2023-06-01/nowhere", "law"), "no layer"),
        (("compare", "2023-06-01", "2001-01-01"), "before the law"),
        (("compare", "law", "enforced", "--question", "exports"), "export"),
        (("amendments", "no-such-thing"), "not in the gallery"),
    ],
)
def test_bad_input_is_named(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    done = cli(capsys, *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_faults_of_a_file_come_all_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("amendment: x\ntitle: {en: X}\nfrom: 2024-01-01\nlifts: [nothing]\nrepeals: [nothing]\n")
    done = cli(capsys, "compare", "law", str(bad))
    assert done.code == 2
    assert len(done.faults) == 2
    bad.write_bytes(b"amendment: \xff\xfe")
    assert cli(capsys, "compare", "law", str(bad)).code == 2


def test_the_python_surface_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    import tidewaiter as tw

    found = tw.compare("law", "apps-delisted")
    assert found.to_json() == cli(capsys, "compare", "law", "apps-delisted", "--json").data
    with pytest.raises(tw.QuestionFaults) as caught:
        tw.compare("nothing", "nowhere")
    assert len(caught.value.faults) == 2

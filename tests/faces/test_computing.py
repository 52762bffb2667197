"""`tidewaiter compute`: figures as a page and as JSON, in both languages; bad input is named and costs nothing."""

from __future__ import annotations

import pytest
from tests.faces.running import cli

COMMANDS = (
    ("train", "DeepSeek-V3"),
    ("serve", "Llama 3 70B", "--chip", "H20", "--chip", "A100 80GB SXM", "--batch", "8"),
    ("answer", "DeepSeek-V3", "--tokens", "500", "--tokens", "20000", "--chip", "H20"),
    ("claim", "--chip", "H100", "--chips", "50000", "--model", "DeepSeek-V3"),
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_calculation_has_a_page(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], language: str
) -> None:
    done = cli(capsys, "compute", *command, "--lang", language)
    assert (done.code, done.err) == (0, "")
    assert ("not a finding of fact" in done.out) == (language == "en")
    assert ("不是事实认定" in done.out) == (language == "zh")


def test_h20_beside_h100(capsys: pytest.CaptureFixture[str]) -> None:
    rows = cli(capsys, "compute", "serve", "Llama 3 70B", "--batch", "1", "--prompt", "8192", "--json").data["rows"]
    slow, fast = ({each["chip"].split()[1]: each for each in rows}[chip] for chip in ("H20", "H100"))
    assert slow["decode"]["tokens_per_second"] > fast["decode"]["tokens_per_second"]
    assert slow["prefill"]["tokens_per_second"] < fast["prefill"]["tokens_per_second"] / 6


def test_a_claim_is_arithmetic_with_declared_assumptions(capsys: pytest.CaptureFixture[str]) -> None:
    found = cli(capsys, "compute", *COMMANDS[3], "--json").data
    assert found["run_on_these_chips"]["best"] == pytest.approx(2.788e6 / 50_000)
    assert [each["days"] for each in found["capacity"]] == [30, 60, 90]
    assert {each["key"] for each in found["assumptions"]} == {"mfu_moe", "published_count"}
    assert all(each["source"] and each["title"]["zh"] for each in found["assumptions"])
    assert "verdict" not in str(found)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("train", "no such model"), "not in the catalog"),
        (("serve", "DeepSeek-V3", "--batch", "0"), "batch"),
        (("serve", "DeepSeek-V3", "--batch", "many"), "no whole number"),
        (("serve", "DeepSeek-V3", "--format", "fp3"), "number format"),
        (("train", "DeepSeek-V3", "--mfu", "nan"), "no number"),
        (("train", "DeepSeek-V3", "--rate", "-1"), "not positive"),
        (("claim", "--chip", "HGX H200 8-GPU", "--chips", "4"), "assembly"),
        (("answer", "GPT-5", "--tokens", "5"), "GPT-5"),
    ],
)
def test_bad_input_is_named(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str) -> None:
    done = cli(capsys, "compute", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err

"""What an attacker or a careless user typed, and got a wrong answer for."""

from __future__ import annotations

import pytest
from tests.faces.running import cli

from tidewaiter.determine.options import parsed_option
from tidewaiter.engine.types import numeric

__all__: list[str] = []

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("text", ["1000..5000x", "1000..5000 TPP", "1..2..3", "..", "5,92", "4,80", "1_600"])
def test_a_number_that_is_half_understood_is_refused(capsys: Capture, text: str) -> None:
    done = cli(capsys, "check", "--to", "CN", "--end-user-hq", "CN", "--tpp", text, "--no-ask")
    assert done.code == 2
    assert "no number" in done.err


def test_an_interval_may_be_open_at_one_end() -> None:
    assert parsed_option("1000..", numeric()) == {"at_least": 1000}
    assert parsed_option("..1,599.5", numeric()) == {"at_most": 1599.5}
    assert parsed_option("4,800", numeric()) == 4800


def test_an_open_interval_reaches_the_line(capsys: Capture) -> None:
    done = cli(capsys, "check", "--to", "CN", "--end-user-hq", "CN", "--tpp", "1000..", "--no-ask")
    assert done.code == 3


def test_a_clear_answer_for_another_exporter_names_those_bound_by_letters(capsys: Capture) -> None:
    plain = ("check", "--item", "H20", "--to", "CN", "--end-user-hq", "CN", "--on", "2026-11-01", "--no-ask")
    assert "If the exporter is AMD or Intel or NVIDIA" in cli(capsys, *plain).out
    assert "If the exporter is" not in cli(capsys, *plain, "--exporter", "other").out
    assert "若出口商为" in cli(capsys, *plain, "--lang", "zh").out


def test_a_named_party_is_not_passed_over_in_silence(capsys: Capture) -> None:
    asked = ("check", "--item", "RTX 4070", "--to", "CN", "--end-user-hq", "CN", "--no-ask", "--end-user")
    named = cli(capsys, *asked, "华为")
    assert named.code == 3
    assert "possible match, to be settled: Entity List: Huawei Technologies Co., Ltd." in named.out
    assert "可能匹配，有待核实：实体清单：Huawei Technologies" in cli(capsys, *asked, "华为", "--lang", "zh").out
    assert "is only assumed" in cli(capsys, *asked, "Gemeindebäckerei Huber").out
    stated = cli(capsys, *asked, "华为", "--entity-listed", "no").out
    assert "is only assumed" not in stated
    assert "Entity List: Huawei" not in stated


def test_cyprus_after_the_last_suspension_seen_is_said_to_be_unsettled(capsys: Capture) -> None:
    asked = ("check", "--item", "H100", "--to", "SG", "--end-user-hq", "CY", "--no-ask", "--on")
    assert "Unsettled law decides" in cli(capsys, *asked, "2026-10-01").out
    assert "Unsettled law decides" not in cli(capsys, *asked, "2026-09-30").out


@pytest.mark.parametrize(
    "words",
    [
        ("--item", "H100", "--item", "H20"),
        ("--item", "H100", "--tpp", "16000", "--fact", "ic.stated_tpp=100"),
        ("--item", "H100", "--fact", "ic.stated_tpp=16000", "--fact", "ic.stated_tpp=100"),
    ],
)
def test_what_stands_twice_is_refused(capsys: Capture, words: tuple[str, ...]) -> None:
    done = cli(capsys, "check", *words, "--to", "CN", "--no-ask")
    assert done.code == 2
    assert "stands twice" in done.err


@pytest.mark.parametrize(
    ("name", "code"),
    [("澳門", "MO"), ("朝鮮", "KP"), ("韓國", "KR"), ("Hong Kong, China", "HK"), ("顿涅茨克人民共和国", "UA-14")],
)
def test_names_of_places_are_read(capsys: Capture, name: str, code: str) -> None:
    done = cli(capsys, "check", "--item", "H100", "--to", name, "--no-ask")
    assert done.code in (0, 1, 3)
    assert f"({code})" in done.out


def test_a_rule_that_is_not_encoded_is_called_so(capsys: Capture) -> None:
    asked = ("check", "--item", "H100", "--to", "CN", "--end-user-hq", "CN", "--kind", "deemed_export", "--no-ask")
    assert "a rule that is not encoded or not checked" in cli(capsys, *asked).out
    assert "未编码或未核对的规则" in cli(capsys, *asked, "--lang", "zh").out

"""`tidewaiter ask` leads from nothing to an answer, and asks again where an answer cannot be read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest

from tidewaiter.faces.cli.guided import guide
from tidewaiter.faces.cli.running import Screen

DAY = dt.date(2024, 6, 1)


def scripted(answers: list[str], prompts: list[str]) -> object:
    waiting: Iterator[str] = iter(answers)

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    return ask


def led(
    answers: list[str], capsys: pytest.CaptureFixture[str], lang: str = "en"
) -> tuple[int, dict[str, object], list[str]]:
    prompts: list[str] = []
    code = guide("export", DAY, False, Screen.of(lang, as_json=True), scripted(answers, prompts))  # type: ignore[arg-type]
    out = capsys.readouterr().out
    return code, json.loads(out) if out else {}, prompts


def test_four_answers_decide(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, prompts = led(["H100", "Saudi Arabia", "SA", ""], capsys)
    assert code == 1
    assert answer["outcome"] == "license_required"
    assert len(prompts) == 4


def test_only_what_decides_is_asked_further(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, prompts = led(["H100", "SG", "", "", "SG"], capsys)
    assert (code, answer["outcome"]) == (0, "no_license_required")
    assert len(prompts) == 5
    assert "headquartered" in prompts[-1]


def test_an_answer_that_cannot_be_read_is_asked_again(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, prompts = led(["H1000000", "H100", "Atlantis", "CN", "CN", ""], capsys)
    assert (code, answer["outcome"]) == (1, "license_required")
    assert len(prompts) == 6


def test_end_of_input_before_the_question_stands_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = led(["H100"], capsys)
    assert (code, answer) == (2, {})


def test_chinese_prompts(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, prompts = led(["H100", "中国", "中国", ""], capsys, "zh")
    assert "货物运往哪个国家或地区" in prompts[1]

"""Question documents, lists of questions, standard input, and the interview."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faces.running import cli

from tidewaiter.faces.asking import Asked, answer
from tidewaiter.faces.cli.interview import interview, with_fact
from tidewaiter.faces.cli.running import worst
from tidewaiter.faces.pages.words import Words

__all__: list[str] = []

Capture = pytest.CaptureFixture[str]
CLEAR = {"item": "H20", "on": "2025-01-28", "options": {"to": "CN"}}
BITES = {"item": "A100", "on": "2023-03-01", "options": {"to": "CN"}}
OPEN = {"item": "H20", "on": "2025-01-28", "options": {"to": "CN"}, "profile": "none"}


def test_one_question_in_yaml(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "q.yaml"
    file.write_text("item: NVIDIA H20\non: 2025-05-01\noptions: {to: 中国, exporter: nvidia}\n", encoding="utf-8")
    done = cli(capsys, "check", str(file), "--json")
    assert done.code == 1
    assert done.data["outcome"] == "license_required"
    earlier = cli(capsys, "check", str(file), "--on", "2025-01-28", "--json")
    assert earlier.data["on"] == "2025-01-28"
    assert earlier.code == 0


def test_several_questions_in_order_with_the_worst_exit_code(capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "q.json"
    file.write_text(json.dumps({"questions": [CLEAR, BITES, OPEN]}), encoding="utf-8")
    done = cli(capsys, "check", str(file), "--json")
    assert [each["exit_code"] for each in done.data["determinations"]] == [0, 1, 3]
    assert done.code == 3 == done.data["exit_code"]
    page = cli(capsys, "check", str(file))
    assert [line for line in page.out.splitlines() if line.startswith("[")] == ["[1/3]", "[2/3]", "[3/3]"]


def test_exit_codes_are_ordered() -> None:
    assert worst([0, 1]) == 1
    assert worst([1, 3, 0]) == 3
    assert worst([3, 2]) == 2
    assert worst([]) == 0


def test_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps(BITES).encode())

        @staticmethod
        def isatty() -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert cli(capsys, "check", "-", "--json").code == 1


def test_the_interview_asks_until_the_answer_is_known() -> None:
    asked = Asked(item="8x H200 server", options={"to": "DE"})
    found = answer(asked)
    assert found.exit_code == 3
    prompts: list[str] = []

    def reply(prompt: str) -> str:
        prompts.append(prompt)
        return "Germany" if "headquartered" in prompt else ""

    settled = interview(found, asked, answer, Words("en"), reply)
    assert settled.outcome == "no_license_required"
    assert len(prompts) < 4


def test_the_interview_forgives_a_wrong_reply_and_ends_with_the_input() -> None:
    asked = Asked(item="8x H200 server", options={"to": "DE"})
    replies: Iterator[str] = iter(["Atlantis", ""])

    def reply(prompt: str) -> str:
        try:
            return next(replies)
        except StopIteration:
            raise EOFError from None

    assert interview(answer(asked), asked, answer, Words("zh"), reply).exit_code == 3


def test_a_fact_lands_on_its_row() -> None:
    facts = {"parties": {"rows": [{"role": "end_user"}]}}
    found = with_fact(facts, "facts.parties[0]", "party.headquarters", "CN")
    assert found == {"parties": {"rows": [{"role": "end_user", "headquarters": "CN"}]}}
    assert facts == {"parties": {"rows": [{"role": "end_user"}]}}
    assert with_fact(facts, "", "parties", "yes")["parties"]["complete"] is True
    assert with_fact(facts, "", "quantity", "8")["quantity"] == 8.0

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

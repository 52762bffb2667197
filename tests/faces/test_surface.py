"""`import tidewaiter as tw`: the same names as on the command line, loaded when used."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest
from tests.faces.running import cli

import tidewaiter as tw

__all__: list[str] = []


def test_check_answers_as_the_command_line_does(capsys: pytest.CaptureFixture[str]) -> None:
    found = tw.check(tw.Export(item="NVIDIA H20", to="CN", exporter="nvidia"), on=dt.date(2025, 5, 1))
    assert isinstance(found, tw.Determination)
    assert (found.outcome, found.exit_code) == ("license_required", 1)
    printed = cli(
        capsys, "check", "--item", "NVIDIA H20", "--to", "CN", "--exporter", "nvidia", "--on", "2025-05-01", "--json"
    ).data
    assert json.loads(json.dumps(found.to_json())) == printed


def test_dates_may_be_text_and_layers_chosen() -> None:
    question = tw.Export(item="8x H200 server", to="Germany", end_user_hq="德国")
    assert tw.check(question, on="2026-11-01").outcome == "no_license_required"
    assert tw.check(question, on="2026-11-01", layer="text").outcome == "license_required"
    assert tw.check(question, on="2026-11-01", profile=None).outcome == "undetermined"
    assert repr(question) == "Export(item='8x H200 server', to='Germany', end_user_hq='德国')"


def test_all_faults_come_at_once() -> None:
    with pytest.raises(tw.QuestionFaults) as caught:
        tw.check(tw.Export(item="no chip 9", too="CN", facts={"ics": [{"die_area": -1}]}), on="2025-01-01")
    assert [fault.where for fault in caught.value.faults] == ["item", "--too", "facts.ics[0].die_area"]


def test_the_law_and_the_catalog_are_at_hand() -> None:
    assert tw.law.provision("3a090_a").term == "ic.eccn_3a090_a"
    assert tw.law.on("2025-05-01", "enforced").as_of == dt.date(2025, 5, 1)
    assert tw.law.coverage()["law_digest"] == tw.law.digest
    assert tw.catalog.find("H20").vendor == "NVIDIA"
    with pytest.raises(tw.NameNotFound):
        tw.law.provision("zzz_no_such")
    with pytest.raises(tw.AmbiguousName):
        tw.law.provision("nac_")
    with pytest.raises(tw.QuestionFaults):
        tw.law.on("2025-05-01", "heavenly")


def test_read_takes_text() -> None:
    found = tw.read("英伟达表示，H20 芯片目前仍可出口到中国，公司遵守出口管制。", published="2025-01-28")
    assert [chip.then[0].outcome for chip in found.chips] == ["no_license_required"]
    assert found.to_json()["schema_version"] == 1


def test_the_import_is_light() -> None:
    code = "import tidewaiter, sys; sys.exit(len([n for n in sys.modules if n.startswith('tidewaiter.')]))"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        tw.nonsense  # noqa: B018
    assert set(tw.__all__) <= set(dir(tw))

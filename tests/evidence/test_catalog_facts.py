"""Items as facts of the vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tidewaiter
from tidewaiter.base.yaml import load_yaml
from tidewaiter.evidence.catalog import Figure, circuits, default_catalog, facts, find, shipped, straddles

__all__: list[str] = []

VOCABULARY = Path(tidewaiter.__file__).parent / "law" / "vocabulary"


def _declared(*subjects: str) -> set[str]:
    terms: set[str] = set()
    for file in sorted(VOCABULARY.glob("*.yaml")):
        content = load_yaml(file.read_text(encoding="utf-8"), file.name)
        if content.get("subject") in subjects:
            terms |= set(content.get("facts", {})) | set(content.get("relations", {}))
    return terms


def test_a_circuit_as_facts() -> None:
    h20 = facts(find("H20"))
    assert h20["item_form"] == "ic"
    assert h20["designer_headquarters"] == "US"
    assert h20["data_center"] is True
    assert (h20["die_area"], h20["dram_bandwidth"], h20["transfer_rate"]) == (814, 4000, 900 + 128)
    assert {"bits": 8, "tops": 296} in h20["peaks"]
    assert max(row["bits"] * row["tops"] for row in h20["peaks"]) == 2368


def test_an_interval_as_a_fact() -> None:
    assert facts(find("910C"))["die_area"] == {"at_least": 1130.5, "at_most": 1529.5}


def test_a_server_as_facts() -> None:
    server = facts(find("eight H200 server"))
    assert server["item_form"] == "computer"
    assert [row["count"] for row in server["ics"]] == [8]
    assert "item_form" not in server["ics"][0]
    assert server["ics"][0]["dram_bandwidth"] == 4800


def test_a_card_holds_one_circuit() -> None:
    card = shipped(find("RTX 4090"))
    assert card["item_form"] == "card"
    assert [row["count"] for row in card["ics"]] == [1]
    assert card["ics"][0]["data_center"] is False


def test_a_memory_stack_as_facts() -> None:
    stack = facts(find("HBM3E"))
    assert (stack["item_form"], stack["memory_stack"], stack["hbm_bandwidth"]) == ("hbm_stack", True, 1180)
    assert stack["processing_units"] is False
    assert stack["hbm_area"]["at_least"] < 110 < stack["hbm_area"]["at_most"]
    assert "peaks" not in stack
    assert "designer_headquarters" not in stack


def test_what_is_unknown_is_absent_or_open() -> None:
    mi308x = facts(find("MI308X"))
    assert mi308x["peaks"] == {"complete": False, "rows": []}
    assert "die_area" not in mi308x
    assert facts(find("A10G"))["peaks"]["complete"] is False


def test_planar_logic_and_on_chip_memory_are_not_counted() -> None:
    tpu = facts(find("TPU v1"))
    assert tpu["nonplanar"] is False
    assert "die_area" not in tpu
    assert "dram_bandwidth" not in facts(find("WSE-3"))


def test_the_open_width_of_a_format() -> None:
    trainium = find("Trainium2")
    usual = max(row["bits"] * row["tops"] for row in facts(trainium)["peaks"])
    other = max(row["bits"] * row["tops"] for row in facts(trainium, "container")["peaks"])
    assert (usual, other) == (12673, 21344)
    assert default_catalog().reading_matters(trainium, "container")
    assert not default_catalog().reading_matters(find("H100"), "container")
    assert default_catalog().readings() == ("container",)


def test_every_fact_is_a_term_of_the_vocabulary() -> None:
    if not VOCABULARY.is_dir():
        pytest.skip("the law has no vocabulary yet")
    terms, peak = _declared("transaction"), _declared("peak")
    ics = _declared("ic")
    for chip in default_catalog().chips():
        assert shipped(chip).keys() <= terms
        for row in circuits(chip):
            assert row.keys() <= ics, chip.key
            peaks = row.get("peaks", [])
            rows = peaks if isinstance(peaks, list) else peaks["rows"]
            assert all(entry.keys() <= peak for entry in rows)


def _figure(low: float, high: float) -> Figure:
    return Figure(None, low, high, "", (), "low")


def test_straddling() -> None:
    assert straddles(_figure(4480, 6400), [1600, 4800, 6400, 6401]) == [4800, 6400]
    assert straddles(_figure(4480, 6400), [4480, 6400], strict=True) == [4480]
    assert straddles(_figure(5, 5), [5], strict=True) == []


@given(st.floats(0.1, 1e6), st.floats(0, 1e6), st.floats(0.1, 2e6))
def test_a_straddled_line_is_met_by_one_end_only(low: float, more: float, line: float) -> None:
    figure = _figure(low, low + more)
    assert bool(straddles(figure, [line])) == ((figure.at_most >= line) != (figure.at_least >= line))
    assert bool(straddles(figure, [line], strict=True)) == ((figure.at_most > line) != (figure.at_least > line))

"""The catalog's data: fresh, sane, and the same figures as the notes it was encoded from."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from tests.shared import shared_path

import tidewaiter.evidence.catalog as catalog
from tidewaiter.evidence.catalog import Chip, Figure, Model, Span, default_catalog, find
from tidewaiter.evidence.catalog.figures import span_of
from tidewaiter.evidence.catalog.names import bare
from tidewaiter.evidence.catalog.stock import COMPILED, compiled, data_texts

__all__: list[str] = []

DATA = Path(catalog.__file__).parent / "data"
CHIPS = tuple(default_catalog().chips())
MODELS = tuple(default_catalog().models())
ITEMS: tuple[Chip | Model, ...] = (*CHIPS, *MODELS)
PEAKS = {
    "fp64": "fp64_tflops",
    "fp32": "fp32_tflops",
    "tf32": "tf32_tflops",
    "fp16": "fp16_dense_tflops",
    "bf16": "bf16_dense_tflops",
    "fp8": "fp8_dense_tflops",
    "int8": "int8_dense_tops",
    "fp4": "fp4_dense_tflops",
    "int4": "int4_dense_tops",
}
VENDORS = {"Phytium/NUDT": "Phytium", "Sony/AMD": "Sony", "Microsoft/AMD": "Microsoft"}


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None


def _cell(text: str) -> float | None:
    return float(text) if text else None


def _chip_numbers(chip: Chip) -> tuple[object, ...]:
    peaks = {peak.format: peak.tops.value for peak in chip.peaks}
    figures = (chip.die_area, chip.memory_gb, chip.memory_bandwidth, chip.link, chip.tdp)
    rest = (chip.logic_dies, chip.data_center, chip.published_tpp, chip.headquarters, chip.released)
    return (chip.vendor, *map(peaks.get, PEAKS), *map(_value, figures), *rest, chip.confidence)


def _row_numbers(row: dict[str, str]) -> tuple[object, ...]:
    figures = ("die_area_mm2", "memory_gb", "memory_bandwidth_gbs", "interconnect_bidirectional_gbs", "tdp_w")
    rest = (
        int(row["n_logic_dies"]) if row["n_logic_dies"] else None,
        row["designed_or_marketed_for_data_centers"] == "yes",
        _cell(row["published_tpp"]),
        row["designer_hq"],
        _released(row["release_date"]),
    )
    cells = (_cell(row[column]) for column in (*PEAKS.values(), *figures))
    return (VENDORS.get(row["vendor"], row["vendor"]), *cells, *rest, row["confidence"])


def _released(written: str) -> Span | None:
    if len(written) == 10:
        return span_of(dt.date.fromisoformat(written))
    return span_of(int(written) if len(written) == 4 else written)


def _rows(name: str) -> list[dict[str, str]]:
    with shared_path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
def test_every_chip_of_the_notes_is_there_with_its_numbers() -> None:
    wanted = Counter(_row_numbers(row) for row in _rows("data/chips.csv"))
    assert wanted.total() > 200
    assert not wanted - Counter(map(_chip_numbers, CHIPS))


@pytest.mark.shared
def test_every_name_of_the_notes_is_found_in_its_vendor() -> None:
    for row in _rows("data/chips.csv"):
        vendor = VENDORS.get(row["vendor"], row["vendor"])
        found = default_catalog().variants(row["name"])
        assert vendor in {chip.vendor for chip in found}, row["name"]
        assert _row_numbers(row) in [_chip_numbers(chip) for chip in found], row["name"]


@pytest.mark.shared
def test_every_model_of_the_notes_is_there_with_its_numbers() -> None:
    numbers = {
        "params_total": "parameters_total",
        "params_active": "parameters_active",
        "training_tokens": "tokens",
        "training_flop": "operations",
        "hardware_hours": "hardware_hours",
        "cost_usd": "cost_usd",
    }
    for row in _rows("data/models.csv"):
        model = default_catalog().find_model(row["model"])
        for column, field in numbers.items():
            assert _value(getattr(model, field)) == _cell(row[column]), (row["model"], column)
        open_weights = {"yes": True, "no": False, "": None}[row["open_weights"]]
        expected = (row["developer_country"], open_weights, row["confidence"])
        assert (model.country, model.open_weights, model.confidence) == expected, row["model"]


def test_the_compiled_form_is_fresh() -> None:
    shipped = json.loads((DATA / COMPILED).read_text(encoding="utf-8"))
    again = json.loads(json.dumps(compiled(data_texts(DATA)), ensure_ascii=False))
    assert shipped == again, "run scripts/catalog_compile.py"


def test_figures_are_possible_and_ordered() -> None:
    for item in ITEMS:
        for figure in _figures(item):
            assert 0 < figure.at_least <= figure.at_most < float("inf"), item.key
            assert figure.value is None or figure.at_least <= figure.value <= figure.at_most, item.key
            assert figure.confidence in ("high", "medium", "low")
            assert figure.sources == item.sources


def _figures(item: Chip | Model) -> list[Figure]:
    values = [getattr(item, name) for name in item.__slots__]
    peaks = [peak.tops for peak in item.peaks] if isinstance(item, Chip) else []
    return [value for value in values if isinstance(value, Figure)] + peaks


def test_a_known_die_area_comes_with_a_known_node() -> None:
    assert [chip.key for chip in CHIPS if chip.die_area and chip.nonplanar is None] == []


def test_on_chip_memory_is_no_dram() -> None:
    sram = [chip for chip in CHIPS if chip.memory_type == "SRAM"]
    assert sum(chip.memory_bandwidth is not None for chip in sram) > 5
    assert all(chip.dram_bandwidth is None for chip in sram)


def test_printed_products_agree_with_the_peaks() -> None:
    for chip in (chip for chip in CHIPS if chip.published_tpp and chip.peaks):
        low = max(peak.bits * peak.tops.at_least for peak in chip.peaks)
        high = max(peak.bits * peak.tops.at_most for peak in chip.peaks)
        assert low * 0.99 <= (chip.published_tpp or 0) <= high * 1.01, chip.key


def test_assemblies_hold_circuits_of_the_catalog() -> None:
    assemblies = [chip for chip in CHIPS if chip.form == "server"]
    assert len(assemblies) > 20
    for chip in assemblies:
        inside = [default_catalog().chip(part.item) for part in chip.contains]
        assert inside
        assert not any(part.contains for part in inside)


def test_the_hardware_of_models_is_named_as_people_name_it() -> None:
    named = {hardware.name for model in MODELS for hardware in model.hardware}
    unknown = {name for name in named if not default_catalog().variants(name)}
    assert named - unknown
    assert unknown == {"Huawei Ascend"}


def test_every_item_has_a_citation() -> None:
    for item in ITEMS:
        assert item.sources
        assert all(default_catalog().source(key) for key in item.sources)


def test_families_in_data_name_a_reason_in_both_languages() -> None:
    found = default_catalog().look_up("H100")
    assert len(found.others) == 3
    assert found.because
    assert bare(found.because_zh) != bare(found.because)


def test_disagreeing_sources_stay_an_interval() -> None:
    fp16 = next(peak.tops for peak in find("Ascend 910C").peaks if peak.format == "fp16")
    assert (fp16.value, fp16.at_least, fp16.at_most) == (800, 752, 800)
    fp4 = next(peak.tops for peak in find("B300").peaks if peak.format == "fp4")
    assert (fp4.value, fp4.at_least, fp4.at_most) == (14000, 13500, 15000)
    area = find("B200").die_area
    assert area is not None
    assert (area.at_least, area.at_most) == (1383.8, 1872.2)

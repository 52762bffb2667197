"""Bad catalog files: all faults at once, each with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.evidence.catalog_files import CHIP, MODEL, written

from tidewaiter.base.errors import InputFaults
from tidewaiter.evidence.catalog import Catalog
from tidewaiter.evidence.catalog.stock import COMPILED

__all__: list[str] = []


def _faults(folder: Path, chips: str = CHIP, models: str = MODEL) -> list[str]:
    with pytest.raises(InputFaults) as caught:
        Catalog(written(folder, chips, models))
    return [str(fault) for fault in caught.value.faults]


def test_a_small_catalog_loads_without_the_compiled_form(tmp_path: Path) -> None:
    catalog = Catalog(written(tmp_path))
    assert catalog.find("one").name == "Acme One"
    assert catalog.find_model("Acme M").country == "US"
    assert len(catalog.digest) == 64


@pytest.mark.parametrize("text", ["", "{", "[]", '{"digest": 1}'])
def test_a_bad_or_stale_compiled_form_is_not_used(tmp_path: Path, text: str) -> None:
    folder = written(tmp_path)
    (folder / COMPILED).write_text(text, encoding="utf-8")
    assert Catalog(folder).find("Acme One").key == "acme-one"


@pytest.mark.parametrize("figure", ["-5", "0", ".nan", "1e999", "true", "many", "[1]", "2024-01-01"])
def test_impossible_figures_are_refused_with_their_line(tmp_path: Path, figure: str) -> None:
    faults = _faults(tmp_path, CHIP.replace("die_area: 50", f"die_area: {figure}"))
    assert len(faults) == 1
    assert faults[0].startswith("chips/acme.yaml:12:")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("die_area", "dye_area", 12, "dye_area"),
        ("int8: 100", "int9: 100", 10, "int9"),
        ("int8: 100", "int8: {value: 5, at_least: 6, at_most: 7}", 10, "bounds"),
        ("int8: 100", "int8: {confidence: low}", 10, "no value"),
        ("form: ic", "form: brick", 7, "brick"),
        ("[general-knowledge]", "[hearsay]", 13, "hearsay"),
        ("confidence: low", "confidence: sure", 14, "sure"),
        ("released: 2024-01-02", "released: soon", 8, "soon"),
        ("released: 2024-01-02", "released: '2024-13'", 8, "2024-13"),
        ("headquarters: US", "headquarters: america", 2, "america"),
        ("nonplanar: true", "nonplanar: perhaps", 9, "perhaps"),
        ("name: Acme One", "name: 310", 5, "310"),
        ("    family: One\n", "", 5, "family"),
        ("acme-one:", "Acme_One:", 5, "Acme_One"),
        ("nonplanar: true", "contains: [{item: nothing, count: 2}]", 9, "nothing"),
        ("nonplanar: true", "contains: [{item: acme-one, count: 0}]", 9, "0"),
    ],
)
def test_wrong_entries(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    faults = _faults(tmp_path, CHIP.replace(old, new))
    assert any(fault.startswith(f"chips/acme.yaml:{line}:") and what in fault for fault in faults), faults


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    chips = CHIP.replace("die_area: 50", "die_area: -1").replace("form: ic", "form: brick")
    models = MODEL.replace("developer: Acme", "developer: Nobody")
    faults = _faults(tmp_path, chips, models)
    assert len(faults) == 3
    assert any(fault.startswith("models/acme.yaml:5:") and "Nobody" in fault for fault in faults)


def test_operations_need_a_method(tmp_path: Path) -> None:
    faults = _faults(tmp_path, models=MODEL + "    operations: 1e24\n")
    assert ["no method" in fault for fault in faults] == [True]


def test_one_name_for_two_items_is_refused(tmp_path: Path) -> None:
    second = CHIP.split("chips:\n")[1].replace("acme-one", "acme-two").replace("Acme One", "acme  ONE")
    faults = _faults(tmp_path, CHIP + second)
    assert any("'acmeone'" in fault for fault in faults)


def test_families_are_checked(tmp_path: Path) -> None:
    families = "families:\n  One: {representative: acme-two, because: {en: a, zh: 甲}}\n  Two: {}\nchips:"
    faults = _faults(tmp_path, CHIP.replace("chips:", families))
    assert len(faults) == 2


def test_syntax_errors_are_faults(tmp_path: Path) -> None:
    assert _faults(tmp_path, CHIP + "   : [")


def test_missing_settings_are_faults(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "formats.yaml").unlink()
    with pytest.raises(InputFaults):
        Catalog(folder)


def test_a_fact_of_an_unknown_field_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path)
    text = (folder / "facts.yaml").read_text(encoding="utf-8")
    (folder / "facts.yaml").write_text(text.replace("data_center: data_center", "data_center: dc"), encoding="utf-8")
    with pytest.raises(InputFaults, match="'dc'"):
        Catalog(folder)

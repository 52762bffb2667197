"""From names to items."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.base.errors import AmbiguousName, InputFaults, NameNotFound
from tidewaiter.evidence.catalog import default_catalog, find, find_model, look_up

__all__: list[str] = []

USUAL = {
    "H20": "nvidia-h20-96gb",
    "h20s": "nvidia-h20-96gb",
    "NVIDIA H20": "nvidia-h20-96gb",
    "英伟达 H20": "nvidia-h20-96gb",
    "英偉達H20芯片": "nvidia-h20-96gb",
    "H20 特供版": "nvidia-h20-96gb",
    "H100": "nvidia-h100-sxm",
    "輝達H100": "nvidia-h100-sxm",
    "H100 PCIe": "nvidia-h100-pcie",
    "H200": "nvidia-h200-sxm",
    "H800": "nvidia-h800-sxm",
    "A100": "nvidia-a100-sxm4-80gb",
    "A100s": "nvidia-a100-sxm4-80gb",
    "Nvidia A100 80GB": "nvidia-a100-sxm4-80gb",
    "A800": "nvidia-a800-sxm4-80gb",
    "L40": "nvidia-l40",
    "L40S": "nvidia-l40s",
    "L40S cards": "nvidia-l40s",
    "RTX 4090": "nvidia-rtx-4090",
    "GeForce RTX 4090": "nvidia-rtx-4090",
    "4090": "nvidia-rtx-4090",
    "4090显卡": "nvidia-rtx-4090",
    "RTX 4090 D": "nvidia-rtx-4090-d",
    "RTX4090D": "nvidia-rtx-4090-d",
    "RTX 5090": "nvidia-rtx-5090",
    "RTX 5090 D": "nvidia-rtx-5090-d",
    "RTX 5090 D V2": "nvidia-rtx-5090-d-v2",
    "RTX 6000 Ada": "nvidia-rtx-6000-ada",
    "RTX 6000D": "nvidia-rtx-6000d",
    "B200": "nvidia-b200",
    "B200s": "nvidia-b200",
    "GB200": "nvidia-gb200",
    "GB300": "nvidia-gb300",
    "B300": "nvidia-b300",
    "MI300X": "amd-mi300x",
    "MI308X": "amd-mi308x",
    "MI325X": "amd-mi325x",
    "MI250X": "amd-mi250x",
    "Gaudi 2": "intel-gaudi-2",
    "Gaudi 3": "intel-gaudi-3",
    "Gaudi 3 HL-328": "intel-gaudi-3-hl-328",
    "Ascend 910B": "huawei-ascend-910b",
    "Ascend 910C": "huawei-ascend-910c",
    "Ascend 910D": "huawei-ascend-910d",
    "昇腾910C": "huawei-ascend-910c",
    "昇騰910C": "huawei-ascend-910c",
    "华为昇腾910B": "huawei-ascend-910b",
    "寒武纪 思元590": "cambricon-mlu590",
    "海光 K100": "hygon-dcu-k100-ai",
    "壁仞 BR100": "biren-br100",
    "摩尔线程 S4000": "moore-threads-s4000",
    "HBM3E": "hbm3e",
    "HBM3E stacks": "hbm3e",
    "SK hynix HBM3E": "hbm3e",
    "HGX H200": "nvidia-hgx-h200-8gpu",
    "HGX H20": "nvidia-hgx-h20-8gpu",
    "DGX H100 servers": "nvidia-dgx-h100",
    "GB200 NVL72": "nvidia-gb200-nvl72",
    "CloudMatrix384": "huawei-cloudmatrix-384",
}


@pytest.mark.parametrize(("name", "key"), USUAL.items())
def test_usual_names(name: str, key: str) -> None:
    assert find(name).key == key


@pytest.mark.parametrize(
    "name",
    [
        "eight H200 server",
        "An eight-H200 server",
        "8x H200 server",
        "H200 8-GPU server",
        "server with 8 H200s",
        "8卡H200服务器",
        "八卡 H200 服務器",
        "H200 server",
    ],
)
def test_a_server_described_by_its_chips(name: str) -> None:
    chip = find(name)
    assert chip.key == "nvidia-hgx-h200-8gpu"
    assert [(part.item, part.count) for part in chip.contains] == [("nvidia-h200-sxm", 8)]


def test_a_server_that_is_not_listed_is_put_together() -> None:
    chip = find("four-L40S server")
    assert [(part.item, part.count) for part in chip.contains] == [("nvidia-l40s", 4)]
    assert chip.form == "server"
    assert chip.headquarters is None
    assert default_catalog().circuits(chip)[0]["count"] == 4


def test_a_server_without_a_number_is_asked_for_one() -> None:
    with pytest.raises(NameNotFound, match="say how many"):
        find("L40S server")


@pytest.mark.parametrize(
    ("name", "count"), [("1,000 H100s", 1000), ("5万块H100", 50000), ("two H100", 2), ("H100 x8", 8), ("H100", 1)]
)
def test_counts_are_kept(name: str, count: int) -> None:
    found = look_up(name)
    assert (found.chip.key, found.count) == ("nvidia-h100-sxm", count)


@pytest.mark.parametrize("name", ["A1000", "RTX A1000", "H2000", "H2", "AMD H20", "H", "Intel MI300X", "0 H100"])
def test_near_names_do_not_match(name: str) -> None:
    with pytest.raises(NameNotFound):
        find(name)


def test_one_letter_apart_stays_apart() -> None:
    assert find("H20").key != find("H200").key
    assert {chip.family for chip in default_catalog().variants("H20")} == {"H20"}
    assert {chip.family for chip in default_catalog().variants("H200")} == {"H200"}


@pytest.mark.parametrize("name", ["RTX PRO 6000", "MLU370", "思元370", "Cloud AI 100"])
def test_variants_that_differ_are_ambiguous(name: str) -> None:
    with pytest.raises(AmbiguousName) as caught:
        find(name, "question.item")
    fault = caught.value.faults[0]
    assert fault.where == "question.item"
    assert all(chip.name in fault.remedy for chip in default_catalog().variants(name))
    assert len(default_catalog().variants(name)) > 1


def test_variants_with_the_same_figures_need_no_decision() -> None:
    found = look_up("Kunlun R200")
    assert (found.chip.key, len(found.others), found.because) == ("baidu-kunlun-r200", 1, "")


def test_unknown_names_come_with_the_nearest() -> None:
    with pytest.raises(NameNotFound) as caught:
        find("MI30OX")
    assert "MI300X" in caught.value.faults[0].remedy
    with pytest.raises(NameNotFound) as caught:
        find_model("Lama 3.1 405")
    assert "Llama 3.1-405B" in caught.value.faults[0].remedy


@pytest.mark.parametrize("name", ["", " ", "\x00", "H" * 10_000, "H20\x1b[0m", "9" * 200, "a-" * 100, "的" * 200])
def test_hostile_names_give_one_clean_fault(name: str) -> None:
    for search in (find, find_model):
        with pytest.raises(NameNotFound) as caught:
            search(name)
        assert len(caught.value.faults) == 1
        assert len(str(caught.value)) < 600
        assert str(caught.value).isprintable()


@given(st.text(max_size=60))
def test_no_text_breaks_the_search(name: str) -> None:
    with suppress(InputFaults):
        assert find(name).key


@given(st.sampled_from(sorted(USUAL)), st.sampled_from([" ", "\u3000", "-"]), st.booleans())
def test_every_usual_name_survives_spacing_and_case(name: str, edge: str, upper: bool) -> None:
    written = f"{edge}{name.upper() if upper else name.lower()}{edge}"
    assert find(written).key == USUAL[name]


def test_every_item_is_found_by_its_own_name_key_and_aliases() -> None:
    for chip in default_catalog().chips():
        for name in (chip.name, chip.key, *chip.aliases):
            assert find(name).key == chip.key, name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("DeepSeek-V3", "deepseek-v3"),
        ("deepseek r1", "deepseek-r1"),
        ("深度求索V3", "deepseek-v3"),
        ("Llama 3.1 405B", "llama-3-1-405b"),
        ("Meta Llama-3.1-405B", "llama-3-1-405b"),
        ("智譜 GLM-4.5", "glm-4-5"),
        ("Qwen2.5 72B", "qwen2-5-72b"),
    ],
)
def test_models(name: str, key: str) -> None:
    assert find_model(name).key == key


def test_versions_of_models_stay_apart() -> None:
    assert find_model("GLM-4.5").key != find_model("GLM-4.6").key
    with pytest.raises(NameNotFound):
        find_model("GLM-45.0")

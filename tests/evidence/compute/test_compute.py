"""Compute: figures of others come out again, limits sit where the roofline has them, bad input is named."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.base.errors import InputFaults
from tidewaiter.evidence import catalog, compute
from tidewaiter.evidence.compute import COMPUTE, MEMORY, Band, Work


def chips(name: str, many: int = 1) -> compute.Machine:
    return compute.machine(catalog.find(name), many)


def model(name: str) -> compute.Shape:
    return compute.shape_of(catalog.find_model(name))


def test_operations_of_deepseek_v3_are_six_for_each_active_parameter_and_token() -> None:
    count = compute.operations(catalog.find_model("DeepSeek-V3"))
    assert count.band.best == pytest.approx(6 * 37e9 * 14.8e12)
    assert count.band.low < count.band.best < count.band.high


@pytest.mark.parametrize(
    ("name", "chip", "hours", "number_format", "share"),
    [("DeepSeek-V3", "H800", 2.788e6, "fp8", 0.166), ("Llama 3.1 405B", "H100", 30.84e6, "bf16", 0.345)],
)
def test_published_hours_come_to_the_shares_of_the_peak_that_others_found(
    name: str, chip: str, hours: float, number_format: str, share: float
) -> None:
    count = compute.operations(catalog.find_model(name))
    found = compute.utilization(count, hours, chips(chip), number_format)
    assert found.band.best == pytest.approx(share, abs=0.002)


def test_the_published_run_lies_within_the_estimate_of_its_hours_and_cost() -> None:
    count = compute.operations(catalog.find_model("DeepSeek-V3"))
    hours = compute.chip_hours(count, chips("H800"), "fp8", sparse=True)
    assert hours.band.low <= 2.788e6 <= hours.band.high
    money = compute.cost(hours, 2.0)
    assert money.band.low <= 5.576e6 <= money.band.high
    assert {each.key for each in money.assumptions} == {"published_count", "mfu_moe", "usd_per_chip_hour"}
    assert next(each for each in money.assumptions if each.key == "usd_per_chip_hour").source == "stated"


def test_a_fleet_and_a_run_are_two_things() -> None:
    run = compute.Estimate("chip-hours", Band(2.788e6, 2.788e6, 2.788e6), "h", "published")
    assert compute.fleet_hours(run, 2048).band.best / 24 == pytest.approx(56.7, abs=0.1)
    assert compute.fleet_hours(run, 50_000).band.best == pytest.approx(55.76)


def test_ridges_of_h20_and_h100() -> None:
    assert chips("H100").ridge("fp8") == pytest.approx(591, abs=1)
    assert chips("H20").ridge("fp8") == pytest.approx(74, abs=0.1)
    assert chips("H100").ridge("bf16") / chips("H20").ridge("bf16") == pytest.approx(8, abs=0.1)


def test_cache_of_latent_and_of_grouped_attention() -> None:
    assert model("DeepSeek-V3").cache_bytes("bf16") == 61 * (512 + 64) * 2
    assert model("Llama 3.1 405B").cache_bytes("bf16") == 516_096
    assert model("Qwen2.5-72B").cache_bytes("bf16") == 327_680


def test_h20_decodes_faster_and_reads_prompts_slower_than_h100() -> None:
    shape = model("Llama 3 70B")
    work = Work(batch=1, context=4096, prompt=8192)
    slow, fast = chips("H100"), chips("H20")
    ahead = compute.decode(fast, shape, work).tokens_per_second / compute.decode(slow, shape, work).tokens_per_second
    behind = compute.prefill(slow, shape, work).tokens_per_second / compute.prefill(fast, shape, work).tokens_per_second
    assert ahead == pytest.approx(4000 / 3350, rel=0.01)
    assert behind == pytest.approx(6.7, abs=0.1)
    assert compute.decode(fast, shape, work).limit == MEMORY
    assert compute.prefill(fast, shape, work).limit == COMPUTE


def test_large_batches_turn_decode_into_computing_and_the_advantage_around() -> None:
    shape = model("Llama 2 70B")
    work = Work(batch=2048, context=1, number_format="bf16")
    assert compute.decode(chips("H20"), shape, work).limit == COMPUTE
    assert compute.critical_batch(chips("H20"), shape, "bf16") == pytest.approx(37, abs=0.1)
    assert compute.critical_batch(chips("H100"), shape, "bf16") == pytest.approx(295, abs=1)


def test_experts_are_read_as_they_are_used() -> None:
    shape = model("DeepSeek-V3")
    assert shape.read(1) == pytest.approx(37e9, rel=0.03)
    assert shape.read(100_000) == pytest.approx(671e9, rel=1e-6)


def test_weights_that_do_not_fit_are_told() -> None:
    shape = model("DeepSeek-V3")
    assert compute.decode(chips("H100", 8), shape, Work()).fits is False
    assert compute.decode(chips("H20", 8), shape, Work()).fits is True


def test_a_long_answer_costs_more_than_its_length() -> None:
    shape = model("DeepSeek-V3")
    short, long = compute.answer(shape, 500, prompt=1), compute.answer(shape, 20_000, prompt=1)
    products = (2 * 37e9 * 501, 2 * 37e9 * 20_001)
    assert short.operations > products[0]
    assert long.operations > products[1]
    assert long.operations / short.operations > 40
    assert compute.answer(shape, 500, samples=8).cache > 7 * compute.answer(shape, 500, prompt=1).cache


def test_a_format_that_the_chip_lacks_is_stood_in_for() -> None:
    used, peak = chips("A100 80GB SXM").peak("fp8")
    assert used != "fp8"
    assert peak == chips("A100 80GB SXM").peaks[used]


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Work(batch=0),
        lambda: Work(number_format="fp3"),
        lambda: chips("H20", 0),
        lambda: compute.machine(catalog.find("HGX H200 8-GPU")),
        lambda: compute.answer(model("DeepSeek-V3"), 0),
        lambda: compute.fleet_hours(compute.counted(1e9, 1e9), 0),
    ],
)
def test_bad_input_is_named(bad: object) -> None:
    with pytest.raises(InputFaults) as caught:
        bad()  # type: ignore[operator]
    assert all(fault.remedy for fault in caught.value.faults)


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.floats(1, 3), st.floats(1, 3))
def test_bands_hold_every_product_and_quotient(first: float, second: float, by: float, also: float) -> None:
    one, two = Band(first / by, first, first * by), Band(second / also, second, second * also)
    for made, exact in ((one * two, first * second), (one / two, first / second)):
        assert made.low <= made.best <= made.high
        assert math.isclose(made.best, exact)

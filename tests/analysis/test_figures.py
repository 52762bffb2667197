"""Figures: regions that agree with single checks, drawings that are valid and safe, labels that keep apart."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from itertools import combinations, product
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.analysis.figures.arrangement import Box, Line, cells, signs_of
from tidewaiter.analysis.figures.bars import Bar, Bars, Span, Turning, bars_svg
from tidewaiter.analysis.figures.canvas import Canvas, Swatch
from tidewaiter.analysis.figures.framing import Caption, Days, Log, years
from tidewaiter.analysis.figures.lettering import shortened, width, wrapped
from tidewaiter.analysis.figures.placement import Rect, placed
from tidewaiter.analysis.figures.regions import Judge, Partition, Plane, partition
from tidewaiter.analysis.figures.steps import Step, Steps, StepsPanel, steps_svg
from tidewaiter.analysis.figures.thresholds import Axis, Dot, Map, MapPanel, map_svg
from tidewaiter.analysis.sides import Side
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.faces.asking import Asked, stated
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.faces.drawing.maps import plane_of
from tidewaiter.faces.drawing.palette import swatches
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.sides import side_of, stand_of

__all__: list[str] = []

TO_CHINA = {"to": "CN", "end-user-hq": "CN"}
SIDES = ["2022-06-01", "2023-06-01", "2024-06-01", "2026-11-23", "2023-06-01/text", "chip-controls-lifted"]
HOSTILE = "<script>alert('x')</script> & \"H200\" ]]> \x00\x0b\ud800 &lt;"


def side(name: str) -> Side:
    stand = stand_of(name)
    day = stand.amendment.start if stand.amendment else dt.date(2026, 11, 23)
    return side_of(stand, max(day, dt.date(2026, 11, 23)), "enforced")


def judge(on: Side) -> Judge:
    return Judge(on, decider().specification("export"), DEFAULT_PROFILE)


def single_check(on: Side, tpp: float, density: float, area: float, **more: object) -> str:
    """The outcome by a whole determination of a chip stated from nothing."""
    chip = {
        "processing_units": True, "memory_stack": False, "data_center": True, "nonplanar": True, "contains_hbm": True,
        "transfer_rate": 900, "dram_bandwidth": 2000, "stated_tpp": tpp, "stated_performance_density": density,
        "die_area": area, **more,
    }  # fmt: skip
    facts, _ = stated(Asked(options=TO_CHINA, facts={"item_form": "ic", "ics": [chip]}))
    found = on.decider.decide("export", facts, on.day, profile=DEFAULT_PROFILE)
    return next(layer.outcome for layer in found.layers if layer.layer == on.layer)


def around(found: Partition) -> Iterator[tuple[str, float, float]]:
    """Every border's stretches: the outcome below and above it, a hair to either side of the middle."""
    for border in found.borders:
        size = math.hypot(border.line.a, border.line.b)
        for ((u, v), (s, t)), outcomes in zip(border.stretches, border.outcomes, strict=True):
            for sign, outcome in zip((-1, 1), outcomes, strict=True):
                shift = sign * 1e-6 / size
                x, y = (u + s) / 2 + shift * border.line.a, (v + t) / 2 + shift * border.line.b
                yield outcome, 2.0**x, 2.0**y


@pytest.mark.parametrize("name", SIDES)
def test_every_region_is_what_a_single_check_says(name: str) -> None:
    on = side(name)
    found = partition(judge(on), plane_of(Asked(), "density"))
    assert found.exact
    for region in found.regions:
        tpp, density = region.middle
        assert region.outcome == single_check(on, tpp, density, tpp / density), region
    for outcome, tpp, density in around(found):
        assert outcome == single_check(on, tpp, density, tpp / density), (tpp, density)


@pytest.mark.parametrize("name", ["2024-06-01", "2026-11-23"])
def test_lines_that_slant_run_where_the_law_draws_them(name: str) -> None:
    on = side(name)
    found = partition(judge(on), plane_of(Asked(), "area"))
    assert any(border.line.a and border.line.b for border in found.borders)
    for region in found.regions:
        tpp, area = region.middle
        assert region.outcome == single_check(on, tpp, tpp / area, area), region
    for outcome, tpp, area in around(found):
        assert outcome == single_check(on, tpp, tpp / area, area), (tpp, area)


def test_the_lines_carry_the_numbers_of_the_law() -> None:
    found = partition(judge(side("2024-06-01")), plane_of(Asked(), "density"))
    numbers = {(border.term, border.value) for border in found.borders}
    assert {("ic.tpp", 4800.0), ("ic.tpp", 2400.0), ("ic.tpp", 1600.0), ("ic.performance_density", 5.92)} <= numbers
    for border in found.borders:
        if border.line.b == 0:
            assert 2.0**border.line.c == pytest.approx(border.value)


def test_a_line_of_the_law_belongs_to_the_side_at_or_above_it() -> None:
    on = side("2024-06-01")
    found = partition(judge(on), plane_of(Asked(), "density"))
    assert found.outcome_at(4800.0, 1.0) == single_check(on, 4800.0, 1.0, 4800.0) == "license_required"
    assert found.outcome_at(4799.0, 1.0) == single_check(on, 4799.0, 1.0, 4799.0) == "no_license_required"


def test_facts_of_the_question_count() -> None:
    slow = partition(judge(side("2023-06-01")), plane_of(Asked(options={"interconnect": 400}), "density"))
    assert {region.outcome for region in slow.regions} == {"no_license_required"}
    assert not slow.borders


class _Bent(Judge):
    """A law with an edge at 5,000 that no comparison shows."""

    def outcome(self, case: Instance) -> str:
        [value] = [each.facts["ic.stated_tpp"] for each in reachable(case) if each.subject == "ic"]
        return "license_required" if isinstance(value, float | int) and value >= 5000 else super().outcome(case)


def test_what_the_comparisons_do_not_show_is_found_by_the_grid() -> None:
    on = side("2022-06-01")
    bent = _Bent(on, decider().specification("export"), DEFAULT_PROFILE)
    found = partition(bent, plane_of(Asked(), "density"))
    assert found.exact
    [border] = found.borders
    assert 2.0**border.line.c == pytest.approx(5000, rel=1e-9)
    assert border.term == ""
    assert border.value == pytest.approx(5000)


# cells --------------------------------------------------------------------------------------------

OFFSETS = st.floats(-2, 4).map(lambda c: round(c, 2))
LINES = st.builds(
    Line,
    st.sampled_from([-1.0, 0.0, 1.0, 2.0]),
    st.sampled_from([1.0, -1.0, 0.5]),
    OFFSETS,
)


def area(corners: tuple[tuple[float, float], ...]) -> float:
    around = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(u * t - s * v for (u, v), (s, t) in around)) / 2


@given(st.lists(LINES, max_size=6, unique=True))
def test_cells_fill_the_box_and_know_their_sides(lines: list[Line]) -> None:
    found = cells(Box(0.0, 3.0, 0.0, 2.0), lines)
    assert sum(area(cell.corners) for cell in found) == pytest.approx(6.0, abs=1e-6)
    for cell in found:
        assert signs_of(lines, cell.middle) == cell.signs
        assert len(cell.edges) == len(cell.corners)


# drawings -----------------------------------------------------------------------------------------

PAINT = {
    "free": Swatch(HOSTILE, "#e3f2fb", "#0072b2", ""),
    "caught": Swatch("caught", "#f0a580", "#a63f00", "/"),
}
CAPTION = Caption(HOSTILE, HOSTILE, (HOSTILE, "第二条说明，很长很长。" * 30), "zh")
DAY = dt.date(2024, 1, 1)


def drawn(kind: str) -> str:
    if kind == "bars":
        spans = Span(DAY, dt.date(2024, 6, 30), "free"), Span(dt.date(2024, 7, 1), dt.date(2025, 6, 30), "caught")
        turning = Turning(dt.date(2024, 7, 1), "caught", HOSTILE)
        return bars_svg(Bars(CAPTION, DAY, dt.date(2025, 6, 30), (Bar(HOSTILE, spans),), PAINT, (turning,) * 3))
    if kind == "steps":
        steps = Step(DAY, 5.0, HOSTILE), Step(dt.date(2024, 1, 9), 50.0, "B"), Step(dt.date(2025, 1, 9), 0.0, "none")
        panels = StepsPanel(HOSTILE, steps), StepsPanel("empty", ())
        return steps_svg(Steps(CAPTION, DAY, dt.date(2025, 6, 30), panels))
    found = partition(judge(side("2022-06-01")), plane_of(Asked(), "density"))
    dots = Dot(HOSTILE, (900.0, 1100.0), (2.0, 2.0), "caught"), Dot("twin", (1000.0, 1000.0), (2.0, 2.0), "free")
    codes = {region.outcome: PAINT["free"] for region in found.regions}
    axis = Axis(HOSTILE, 400, 50000)
    return map_svg(
        Map(CAPTION, axis, Axis("y", 0.4, 40), (MapPanel(HOSTILE, found, dots),) * 2, {**codes, **PAINT}, HOSTILE, {})
    )


@pytest.mark.parametrize("kind", ["bars", "steps", "map"])
def test_a_drawing_is_valid_and_holds_hostile_text_as_text(kind: str) -> None:
    svg = drawn(kind)
    root = ElementTree.fromstring(svg.encode("utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "line", "circle", "text", "clipPath"}
    texts = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("title"))
    assert "<script>alert('x')</script>" in texts
    assert "href" not in svg
    assert not re.search(r"\son\w+=", re.sub(r">[^<]*<", "><", svg))
    assert root.get("lang") == "zh"


@pytest.mark.parametrize("kind", ["bars", "steps", "map"])
def test_all_that_is_drawn_lies_on_the_paper(kind: str) -> None:
    root = ElementTree.fromstring(drawn(kind).encode("utf-8"))
    wide, high = float(root.get("width", "0")), float(root.get("height", "0"))
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        x, y, size = (float(element.get(key, "0")) for key in ("x", "y", "font-size"))
        room = width("".join(element.itertext()), size)
        start = x - room * {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        assert 0 <= y <= high
        assert element.get("transform") or (start >= -1 and start + room <= wide + 1), element.itertext()


def test_a_hatch_is_defined_once() -> None:
    canvas = Canvas(10, 10, "t")
    assert canvas.paint(PAINT["caught"]) == canvas.paint(PAINT["caught"]) == "url(#hatch-0)"
    assert canvas.svg().count("<pattern") == 1
    assert canvas.paint(PAINT["free"]) == "#e3f2fb"


# paints -------------------------------------------------------------------------------------------


def lightness(color: str) -> float:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return float(0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2)


@pytest.mark.parametrize("question", list(decider().law.questions))
def test_outcomes_are_told_apart_without_color(question: str) -> None:
    found = swatches(decider().specification(question), Words("en"))
    for one, other in combinations(found.values(), 2):
        assert one.hatch != other.hatch or abs(lightness(one.fill) - lightness(other.fill)) > 0.1, (one, other)


SEEN = {
    "deuteranope": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanope": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "tritanope": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""How colors (linear light) look to color-blind eyes: the matrices of Machado, Oliveira and Fernandes (2009)."""


def seen(color: str, eyes: str) -> tuple[float, ...]:
    light = [(int(color[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5)]
    return tuple(max(sum(a * b for a, b in zip(row, light, strict=True)), 0.0) ** (1 / 2.2) for row in SEEN[eyes])


@pytest.mark.parametrize("eyes", SEEN)
def test_points_and_regions_of_the_usual_outcomes_differ_to_color_blind_eyes(eyes: str) -> None:
    found = swatches(decider().specification("export"), Words("en"))
    codes = "license_required", "notification_required", "no_license_required", "undetermined"
    usual = [found[code] for code in codes]
    for one, other in combinations(usual, 2):
        assert one.mark != other.mark
        assert math.dist(seen(one.fill, eyes), seen(other.fill, eyes)) > 0.08, (one, other)
        assert math.dist(seen(one.ink, eyes), seen(other.ink, eyes)) > 0.08, (one, other)


# labels, letters, axes ----------------------------------------------------------------------------


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300)), max_size=25))
def test_labels_keep_apart_and_inside(points: list[tuple[float, float]]) -> None:
    frame = Rect(0, 0, 400, 300)
    found = placed([(f"chip {index}", point) for index, point in enumerate(points)], 11, frame)
    assert all(frame.holds(label.box) for label in found)
    assert not any(one.box.meets(other.box) for one, other in combinations(found, 2))
    for label, (x, y) in product(found, points):
        assert not label.box.meets(Rect(x - 1, y - 1, 2, 2))


def test_single_labels_are_always_placed_near() -> None:
    [label] = placed([("H20", (200.0, 150.0))], 11, Rect(0, 0, 400, 300))
    assert (label.leader, label.box.x) == (None, 207.0)


@given(st.text(max_size=200), st.floats(30, 300))
def test_wrapped_text_fits_and_keeps_its_words(text: str, room: float) -> None:
    for line in wrapped(text, 10, room):
        assert width(line, 10) <= room


def test_chinese_breaks_between_characters_but_not_before_punctuation() -> None:
    lines = wrapped("芯片、板卡、计算机和存储的出口，含境外受美国管辖物项。", 10, 60)
    assert "".join(lines) == "芯片、板卡、计算机和存储的出口，含境外受美国管辖物项。"
    assert not any(line[0] in "，。、" for line in lines)
    assert not any(line.endswith("（") for line in wrapped("克里米亚（乌克兰被占地区）、古巴", 10, 50))


def test_text_that_is_too_long_is_cut_visibly() -> None:
    assert shortened("abcdefghij", 10, 30).endswith("…")
    assert shortened("abc", 10, 300) == "abc"


def test_axes() -> None:
    days = Days(dt.date(2024, 1, 1), dt.date(2024, 12, 31), 100.0, 466.0)
    assert (days.at(dt.date(2024, 1, 1)), days.after(dt.date(2024, 12, 31))) == (100.0, 466.0)
    assert days.at(dt.date(2024, 1, 2)) == pytest.approx(101.0)
    log = Log(1.0, 100.0, 0.0, 10.0)
    assert log.at(10.0) == pytest.approx(5.0)
    assert (log.at(0.1), log.at(1000.0)) == (0.0, 10.0)
    assert list(log.ticks()) == [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]


def test_a_plane_is_made_of_binary_logarithms() -> None:
    box = Plane((1.0, 2.0), (4.0, 8.0), lambda x, y: pytest.fail("not asked")).box
    assert (box.left, box.right, box.bottom, box.top) == (0.0, 2.0, 1.0, 3.0)


@pytest.mark.parametrize(
    ("last", "named"),
    [
        (dt.date(2023, 1, 31), ["2022-10-15", "2022-11-01", "2022-12-01", "2023-01-01"]),
        (dt.date(2026, 6, 1), ["2023", "2024", "2025", "2026"]),
        (dt.date(2022, 10, 16), ["2022-10-15"]),
    ],
)
def test_long_axes_name_years_and_short_ones_months(last: dt.date, named: list[str]) -> None:
    canvas = Canvas(900, 100, "t")
    years(canvas, Days(dt.date(2022, 10, 15), last, 0.0, 880.0), 10, 80)
    root = ElementTree.fromstring(canvas.svg().encode("utf-8"))
    assert [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")] == named

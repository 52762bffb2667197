"""`tidewaiter figure`: every kind in both languages, the file whole or not at all, every fault at once."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.faces.running import Done, cli

from tidewaiter.faces import frontier
from tidewaiter.faces.asking import Asked
from tidewaiter.faces.cli.figures import KINDS
from tidewaiter.faces.composition import decider
from tidewaiter.faces.drawing import painting
from tidewaiter.faces.drawing.matrices import matrix_rows
from tidewaiter.faces.drawing.palette import swatches
from tidewaiter.faces.pages.words import Words

__all__: list[str] = []

Capture = pytest.CaptureFixture[str]
SHORT = ("--from-date", "2022-10-01", "--until", "2022-11-30")
COMMANDS = {
    "map": ("figure", "map", "--to", "CN", "--on", "2024-06-01"),
    "two maps": ("figure", "map", "--side", "2023-06-01", "--against", "2024-06-01/text", "--plane", "area"),
    "amended": ("figure", "map", "--against", "tpp-line-halved", "--chip", "H20"),
    "timeline": ("figure", "timeline", "A100", "--to", "CN", *SHORT),
    "matrix": ("figure", "matrix", "A100", *SHORT),
    "ceiling": ("figure", "ceiling", "--to", "CN"),
}
CEILINGS = {
    "on": "2026-11-23",
    "layer": "enforced",
    "options": {"to": "CN"},
    "merits": {"training": {"title": {"en": "training", "zh": "训练"}, "unit": "TFLOPS"}},
    "ceilings": [
        {"since": "2022-01-01", "merit": "training", "key": "a", "name": "Chip <A>", "value": 400.0},
        {"since": "2023-11-17", "merit": "training", "key": None, "name": None, "value": 0.0},
    ],
}


@pytest.fixture(autouse=True)
def _quick_ceilings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real ceilings take long and have tests of their own."""
    monkeypatch.setattr(frontier, "ceilings_json", lambda asked, progress: CEILINGS)


def drawn(capsys: Capture, tmp_path: Path, *arguments: str) -> tuple[Done, str]:
    out = tmp_path / "figure.svg"
    done = cli(capsys, *arguments, "--out", str(out))
    return done, out.read_text(encoding="utf-8") if out.exists() else ""


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg.encode("utf-8"))
    return ["".join(element.itertext()) for element in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", COMMANDS)
def test_every_kind_is_drawn_in_both_languages(kind: str, language: str, capsys: Capture, tmp_path: Path) -> None:
    done, svg = drawn(capsys, tmp_path, *COMMANDS[kind], "--lang", language)
    assert (done.code, done.err) == (0, "")
    shown = texts(svg)
    chinese = [text for text in shown if any("一" <= char <= "鿿" for char in text)]
    assert bool(chinese) == (language == "zh")
    assert any(("Not legal advice." if language == "en" else "不构成法律意见") in text for text in shown)
    assert [entry.name for entry in tmp_path.iterdir()] == ["figure.svg"]


def test_a_map_shows_lines_outcomes_and_chips(capsys: Capture, tmp_path: Path) -> None:
    _, svg = drawn(capsys, tmp_path, *COMMANDS["map"])
    shown = texts(svg)
    assert {"1,600", "2,400", "4,800", "5.92", "3.2", "1.6", "H100", "H20", "A100", "A800"} <= set(shown)
    assert {"License required", "Notification required", "No license required"} <= set(shown)
    assert not {"B200", "RTX 5090"} & set(shown)  # not there yet on that day


def test_two_maps_stand_side_by_side_with_their_titles(capsys: Capture, tmp_path: Path) -> None:
    _, svg = drawn(capsys, tmp_path, *COMMANDS["two maps"])
    shown = texts(svg)
    assert {"As enforced on 2023-06-01", "As codified on 2024-06-01"} <= set(shown)
    assert shown.count("H20") == 1  # released between the two days
    assert shown.count("4,800") == 2


def test_an_amendment_moves_a_line(capsys: Capture, tmp_path: Path) -> None:
    _, svg = drawn(capsys, tmp_path, *COMMANDS["amended"])
    shown = texts(svg)
    assert shown.count("4,800") == 1
    assert any("H20" in text for text in shown)


def test_a_chip_may_be_named_and_is_shown_under_its_name(capsys: Capture, tmp_path: Path) -> None:
    _, svg = drawn(capsys, tmp_path, "figure", "map", "--chip", "H100", "--chip", "MI300X")
    assert {"NVIDIA H100 SXM5 80GB", "AMD Instinct MI300X"} <= set(texts(svg))


def test_a_timeline_names_the_day_and_what_changed_it(capsys: Capture, tmp_path: Path) -> None:
    _, svg = drawn(capsys, tmp_path, *COMMANDS["timeline"])
    shown = texts(svg)
    assert {"As codified", "As enforced", "For this exporter", "2022-10-21"} <= set(shown)
    assert any("87 FR 62186" in text for text in shown)


def test_a_ceiling_names_the_best(capsys: Capture, tmp_path: Path) -> None:
    _, svg = drawn(capsys, tmp_path, *COMMANDS["ceiling"])
    assert {"Training, TFLOPS", "Chip <A>", "none"} <= set(texts(svg))


def test_rows_of_a_matrix_are_what_single_checks_say() -> None:
    first, last = dt.date(2022, 10, 1), dt.date(2023, 1, 31)
    rows = matrix_rows(Asked(item="A100"), first, last)
    codes = [code for held, _ in rows for code in held]
    assert sorted(codes) == sorted(decider().law.vocabulary.domains["country"].codes)
    from tidewaiter.faces.asking import answer

    for held, spans in rows:
        assert (spans[0].first, spans[-1].last) == (first, last)
        for span in spans:
            asked = Asked(item="A100", on=span.first, options={"to": held[0], "end-user-hq": held[0]})
            layers = answer(asked).layers
            assert next(each.outcome for each in layers if each.layer == "enforced") == span.outcome, held[0]


def test_every_country_has_a_row_where_asked(capsys: Capture, tmp_path: Path) -> None:
    _, svg = drawn(capsys, tmp_path, *COMMANDS["matrix"], "--each")
    assert {"China", "Macau", "Germany", "Nicaragua"} <= set(texts(svg))


def test_every_outcome_of_every_question_has_a_paint() -> None:
    for question in decider().law.questions:
        spec = decider().specification(question)
        assert set(swatches(spec, Words("en"))) == {word.code for word in spec.outcomes}


def test_json_tells_the_file(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "a.svg"
    done = cli(capsys, *COMMANDS["map"], "--out", str(out), "--json")
    assert done.data == {"schema_version": 1, "figure": "map", "file": str(out), "bytes": out.stat().st_size}


def test_an_existing_figure_is_replaced(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "figure.svg").write_text("old", encoding="utf-8")
    _, svg = drawn(capsys, tmp_path, *COMMANDS["ceiling"])
    assert svg.startswith("<?xml")


# PNG ----------------------------------------------------------------------------------------------


@pytest.fixture
def _no_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "font_folders", lambda: ())


def test_a_png_is_painted_where_fonts_are(capsys: Capture, tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    if not painting.has_font("en"):
        pytest.skip("no font on this machine")
    out = tmp_path / "figure.png"
    done = cli(capsys, *COMMANDS["ceiling"], "--out", str(out))
    assert (done.code, out.read_bytes()[:8]) == (0, b"\x89PNG\r\n\x1a\n")


@pytest.mark.usefixtures("_no_fonts")
@pytest.mark.parametrize(("language", "wish"), [("zh", "Chinese characters"), ("en", "Latin letters")])
def test_a_missing_font_is_said_and_nothing_is_written(
    language: str, wish: str, capsys: Capture, tmp_path: Path
) -> None:
    pytest.importorskip("resvg_py")
    out = tmp_path / "figure.png"
    done = cli(capsys, *COMMANDS["ceiling"], "--lang", language, "--out", str(out))
    assert done.code == 2
    assert f"no font with {wish}" in done.err
    assert ".svg" in done.err
    assert not list(tmp_path.iterdir())


def test_a_missing_renderer_is_said(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    monkeypatch.setattr(painting, "_font", lambda language, written: ("", []))
    done = cli(capsys, *COMMANDS["ceiling"], "--out", str(tmp_path / "figure.png"))
    assert done.code == 2
    assert "tidewaiter[figures]" in done.err


# bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pie",), "KIND: 'pie' is no kind of figure"),
        ((), "KIND: no kind of figure was named"),
        (("map", "H20"), "takes its chips by --chip"),
        (("map", "--chip", "H2O0X"), "--chip"),
        (("map", "--on", "2024-13-01"), "--on"),
        (("map", "--on", "2019-01-01"), "before the law that is encoded"),
        (("map", "--side", "nonsense"), "nonsense"),
        (("map", "--plane", "volume"), "--plane: 'volume' is no plane"),
        (("map", "--tpp", "4800"), "--tpp: is a figure that the map moves"),
        (("map", "--layer", "deep"), "deep"),
        (("map", "--profile", "kind"), "--profile: 'kind' is no profile"),
        (("map", "--strict", "--profile", "kind"), "stands beside --profile"),
        (("map", "--question", "weights"), "a map is not drawn of this kind"),
        (("map", "--from-date", "2024-01-01"), "--from-date: says nothing of a map"),
        (("timeline", "Nokia 3310", "--to", "CN"), "Nokia 3310"),
        (("timeline",), "nothing was asked"),
        (("timeline", "A100", "--to", "CN", "--on", "2024-01-01"), "--on: says nothing of a timeline"),
        (("timeline", "A100", "H100", "--to", "CN"), "2 items were named"),
        (("matrix", "A100", "--to", "CN", "--end-user-hq", "CN"), "no country is left open"),
        (("matrix", "A100", "--from-date", "2024-02-01", "--until", "2024-01-01"), "no stretch of days"),
        (("ceiling", "--plane", "area"), "--plane: says nothing of a ceiling"),
        (("map", "--destination-planet", "Mars"), "is no option"),
    ],
)
def test_bad_input_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], said: str, capsys: Capture, tmp_path: Path
) -> None:
    done, svg = drawn(capsys, tmp_path, "figure", *arguments)
    assert (done.code, svg) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("", "no file was named"),
        ("figure.gif", "no .svg or .png file"),
        ("nowhere/figure.svg", "there is no folder"),
        ("folder.svg", "is a folder"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_work(
    out: str, said: str, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.svg").mkdir()
    monkeypatch.setitem(KINDS, "map", lambda made, base, screen: pytest.fail("was drawn"))
    done = cli(capsys, "figure", "map", "--out", out)
    assert done.code == 2
    assert said in done.err


def test_a_failing_disk_leaves_nothing_behind(capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    done, svg = drawn(capsys, tmp_path, *COMMANDS["ceiling"])
    assert (done.code, svg) == (2, "")
    assert "No space left on device" in done.err
    assert not list(tmp_path.iterdir())


def test_all_faults_come_at_once(capsys: Capture, tmp_path: Path) -> None:
    done = cli(capsys, "figure", "pie", "--on", "soon", "--to", "Atlantis", "--out", str(tmp_path / "a.gif"))
    assert done.code == 2
    assert all(word in done.err for word in ("pie", "soon", ".gif"))

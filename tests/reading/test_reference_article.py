"""The article of the design notes; only its shape and short hashes of its lines stand here."""

import datetime as dt
import hashlib

import pytest
from tests.reading.names import CHIPS
from tests.shared import shared_path

from tidewaiter.reading.reader import Reading, read

__all__: list[str] = []

pytestmark = pytest.mark.shared

TITLE = "504a1022f4"
BODY = [
    "a7ed84bd8d",
    "6a8f44f371",
    "e1e09501b6",
    "9836f9bb3a",
    "0240c55085",
    "f256d88d65",
    "c395a8d3bf",
    "4d3b5f147d",
    "abc284c876",
    "2584cf134d",
    "91b4f0ba36",
    "32426bceda",
    "f7f2aa780f",
    "af29abca46",
    "5987378a5f",
    "30dacb2bfc",
    "e2b96fd2d3",
    "8e1d6394dc",
    "3251afdeb7",
    "31eee28225",
]


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


@pytest.fixture(scope="module")
def reading() -> Reading:
    data = shared_path("data/articles/deepseek-policy-zh-hant.txt").read_bytes()
    return read(data, gazetteer=CHIPS, name="reference.txt")


def test_the_whole_article_and_nothing_else(reading: Reading) -> None:
    assert [short_hash(line.text) for line in reading.article.lines] == BODY
    assert short_hash(reading.title or "") == TITLE
    assert reading.article.recognized


def test_what_was_dropped_has_a_reason_and_a_place(reading: Reading) -> None:
    first, last = reading.article.lines[0].start, reading.article.lines[-1].end
    for dropped in reading.article.dropped:
        assert dropped.reason.en
        assert dropped.reason.zh
        assert dropped.place in ("before", "after")
        assert dropped.line.end <= first or dropped.line.start >= last
    assert next(d for d in reading.article.dropped if d.place == "after").reason.en == "a disclaimer or notice"


def test_language_and_conversion(reading: Reading) -> None:
    assert (reading.language.language, reading.language.script) == ("zh", "converted")
    assert any("machine-converted" in note.en for note in reading.notes)


def test_dated_to_the_last_days_of_january_by_its_content(reading: Reading) -> None:
    dating = reading.dating
    assert dating.basis == "content"
    assert dating.interval.earliest
    assert dating.interval.latest
    assert dt.date(2025, 1, 27) <= dating.interval.earliest <= dating.interval.latest <= dt.date(2025, 1, 31)
    assert {"past_event", "relative", "ahead_event", "saved"} <= {each.kind for each in dating.evidence}


def test_timestamps_of_other_items_only_bound_from_above(reading: Reading) -> None:
    saved = [each for each in reading.dating.evidence if each.kind == "saved"]
    assert [each.bounds.latest for each in saved] == [dt.date(2025, 5, 18)]
    assert all(each.bounds.earliest is None for each in saved)


def test_events_alone_already_bound_it_from_below(reading: Reading) -> None:
    events = {each.event for each in reading.dating.evidence if each.kind == "past_event"}
    assert {"nvidia_drop", "stargate", "zhipu_entity_list", "diffusion_rule"} <= events


def test_mentions(reading: Reading) -> None:
    assert set(reading.keys("chip")) == {"h20", "h100", "h800"}
    assert {
        "nvidia",
        "deepseek",
        "scale_ai",
        "zhipu",
        "github",
        "hugging_face",
        "meta",
        "openai",
        "xiaohongshu",
    } <= set(reading.keys("company"))
    assert {
        "entity_list", "ieepa", "berman_amendment", "pafaca", "icts_rule", "doj_data_rule", "ai_diffusion_rule",
        "first_amendment",
    } <= set(reading.keys("instrument"))  # fmt: skip
    assert {"us_justice", "us_commerce", "us_treasury", "us_white_house"} <= set(reading.keys("agency"))


def test_offsets_lead_to_the_surface(reading: Reading) -> None:
    text = reading.source.text
    assert all(text[m.start : m.end] == m.surface for m in reading.mentions)
    assert all(text[line.start : line.end] == line.text for line in reading.article.lines)
    assert all(text[e.start : e.end] == e.surface for e in reading.dating.evidence if e.start is not None)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_same_article_in_other_encodings(reading: Reading, encoding: str) -> None:
    again = read(reading.source.text.encode(encoding), gazetteer=CHIPS)
    assert again.article == reading.article
    assert again.dating.interval == reading.dating.interval

"""Claims: what the patterns find, who says them and how, and the JSON form."""

import contextlib
import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.base.errors import InputFaults
from tidewaiter.faces.articles import catalog_names
from tidewaiter.reading.claims import Claim, claims_of, schema
from tidewaiter.reading.dossier import claims_in
from tidewaiter.reading.folding import fold
from tidewaiter.reading.interval import one_day
from tidewaiter.reading.patterns import patterns
from tidewaiter.reading.reader import read
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.theses import theses

__all__: list[str] = []


def claims(text: str, day: str = "2025-02-10") -> tuple[Claim, ...]:
    return claims_in(read(text, gazetteer=catalog_names(), published=dt.date.fromisoformat(day)))


def kinds(text: str) -> set[tuple[str, str]]:
    return {(each.kind, str(each.fields.get("status") or each.fields.get("what") or "")) for each in claims(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NVIDIA chips: the H20 is not subject to export controls.", ("control_status", "not_controlled")),
        ("芯片H20不受美国出口管制。", ("control_status", "not_controlled")),
        ("輝達的H20晶片仍可對中國出口。", ("control_status", "allowed")),
        ("The H100 chip has needed a license since 2022.", ("control_status", "needs_license")),
        ("H100芯片被禁止出口到中国。", ("control_status", "banned")),
        ("Chips: the H200 can be exported to China with a license.", ("control_status", "needs_license")),
        ("智谱被列入实体清单。", ("listing", "listed")),
        ("智譜未被列入實體清單。", ("listing", "absent")),
        ("Zhipu was added to the Entity List.", ("listing", "listed")),
        ("DeepSeek has not been added to the Entity List.", ("listing", "absent")),
        ("Commerce removed Yangtze Memory from the Entity List.", ("listing", "removed")),
        ("The PAFACA took effect on January 19, 2025.", ("effective_date", "")),
        ("人工智能扩散规则将于1月13日生效。", ("effective_date", "")),
        ("The chip H200 is faster than the H100.", ("comparison", "")),
        ("DeepSeek-V3的训练成本为557.6万美元。", ("cost_compute", "")),
        ("DeepSeek has 50,000 H100 chips.", ("quantity", "")),
        ("美国可能禁售H20芯片。", ("prediction", "restrict")),
        ("Washington may restrict the H20 chip.", ("prediction", "restrict")),
        ("Moonshot AI could be added to the Entity List.", ("prediction", "list")),
    ],
)
def test_what_is_found(text: str, expected: tuple[str, str]) -> None:
    assert expected in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor opened the H20 bus line, and the H100 follows in May.",
        "公园周末开放，门票5元，停车场有20个车位。",
        "Nvidia makes the H20 chip.",
        "实体清单是美国商务部的一份名单。",
    ],
)
def test_nothing_is_claimed(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    ("text", "speaker", "stance"),
    [
        ("Alexandr Wang said DeepSeek has 50,000 H100 chips.", "alexandr_wang", "reported"),
        ("Alexandr Wang一口咬定DeepSeek有5万块走私的H100。", "alexandr_wang", "reported"),
        ("DeepSeek has 50,000 H100 chips, Alexandr Wang said.", "alexandr_wang", "reported"),
        ("NVIDIA denied that DeepSeek has 50,000 H100 chips.", "nvidia", "denied"),
        ("DeepSeek has 50,000 H100 chips.", None, "asserted"),
        ("Reportedly DeepSeek has 50,000 H100 chips.", None, "reported"),
        ("If DeepSeek has 50,000 H100 chips, the law was broken.", None, "conditional"),
        ("DeepSeek有5万块H100吗？", None, "asked"),
    ],
)
def test_speaker_and_stance(text: str, speaker: str | None, stance: str) -> None:
    found = [each for each in claims(text) if each.kind == "quantity"]
    assert [(each.speaker, each.stance) for each in found] == [(speaker, stance)]


def test_spans_lead_to_the_words() -> None:
    text = "前言一句。據報導,輝達的H20晶片不受美國出口管制,分析師說。"
    reading = read(text, gazetteer=catalog_names(), published=dt.date(2025, 2, 10))
    (found,) = [each for each in claims_in(reading) if each.kind == "control_status"]
    assert found.span is not None
    assert reading.source.text[found.span.start : found.span.end].startswith("H20")
    assert found.sentence in text


def test_patterns_and_statements_are_well_formed() -> None:
    types = read_data("claims")["types"]
    assert len({each.key for each in patterns()}) == len(patterns())
    assert all(each.kind in types and set(each.values) <= set(types[each.kind]["fields"]) for each in patterns())
    for each in theses():
        assert each.cues
        assert each.kind in types
        assert each.kind == "prediction" or each.status in read_data("claims")["statuses"] or each.fields
        assert each.says.en or each.fields
        assert each.says.zh or each.fields


def test_regional_words_keep_their_length() -> None:
    for word, other in read_data("regional")["words"].items():
        assert len(fold(word).text) == len(word) == len(other)
    assert fold("輝達的伺服器晶片").text == "辉达的服务器芯片"


JULY = {"earliest": "2019-07-01", "latest": "2019-07-31"}
RULE = {"instrument": "DOJ data rule", "date": "2025-03-27"}
DOCUMENT = {
    "on": "2025-01-28",
    "claims": [
        {"type": "effective_date", "fields": RULE, "stance": "reported"},
        {"type": "event", "fields": {"event": "github_sanctions", "date": JULY}},
    ],
}


def test_a_document_is_read() -> None:
    found, days = claims_of(DOCUMENT)
    assert days == one_day(dt.date(2025, 1, 28))
    assert found[0].about == ("DOJ data rule",)
    again, _ = claims_of({"claims": [each.to_json() for each in found]})
    assert [each.fields for each in again] == [each.fields for each in found]


def test_every_fault_of_a_document_is_told_at_once() -> None:
    document = {
        "on": "soon",
        "about": 1,
        "claims": [
            {"type": "rumor", "fields": {}},
            {"type": "effective_date", "fields": {"date": "2025-02-30", "color": "red"}, "stance": "sure"},
            {"type": "quantity", "fields": {"value": "many"}},
            7,
        ],
    }
    with pytest.raises(InputFaults) as error:
        claims_of(document)
    places = {fault.where for fault in error.value.faults}
    first = {"claims.on", "claims.about", "claims.claims[0].type", "claims.claims[3]"}
    second = {f"claims.claims[1].{name}" for name in ("fields.date", "fields.color", "fields.instrument", "stance")}
    assert first | second | {"claims.claims[2].fields.value"} <= places


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


ROWS = st.lists(st.dictionaries(st.sampled_from(["type", "fields", "stance"]), VALUES), max_size=2)


@given(st.dictionaries(st.sampled_from(["on", "claims", "x"]), VALUES | ROWS))
def test_any_json_ends_in_claims_or_faults(document: object) -> None:
    with contextlib.suppress(InputFaults):
        assert claims_of(document)[0]


def test_the_schema_names_every_type() -> None:
    found = schema()
    json.dumps(found)
    titles = {each["title"] for each in found["properties"]["claims"]["items"]["oneOf"]}
    assert titles == set(read_data("claims")["types"])

"""Language and script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.reading.folding import align, fold, simplify
from tidewaiter.reading.language import detect_language

__all__: list[str] = []


CONVERTED = (
    "為什么美國對芯片的出口管制會影響數據和軟件?由于這里的規則,“影響不大”是對于芯片而言,網絡和信息不在其中,什么也沒變。"
)


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [
        ("美国商务部宣布了新的芯片出口管制规则。", "zh", "simplified"),
        ("美國商務部週一宣布新的晶片出口管制規則，業者說「影響不大」，相關軟體與資料不在其中。", "zh", "traditional"),
        (CONVERTED, "zh", "converted"),
        ("The Bureau added the company to the list, and the chip is now subject to a license.", "en", "latin"),
        ("商务部的新规则 the new rule of the department is in force for chips 芯片管制", "mixed", "simplified"),
        ("Les puces sont vendues par une entreprise française dans une série de pays depuis hier", "unknown", "latin"),
        ("これはテストです。半導体の輸出についての記事を書きました。", "unknown", "traditional"),
        ("12345 !!!", "unknown", "unknown"),
        ("", "unknown", "unknown"),
    ],
)  # fmt: skip
def test_language_and_script(text: str, language: str, script: str) -> None:
    found = detect_language(text)
    assert found.language == language
    if "これ" not in text:
        assert found.script == script
    assert all(each.en and each.zh for each in found.evidence)


MIXED = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("出口管制實體清單輝達H20Ｈ２\u200b\u202e ")))


@given(MIXED)
def test_folding_leads_back(text: str) -> None:
    folded = fold(text)
    for i in range(len(folded.text)):
        start, end = folded.span(i, i + 1)
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text != ""
    if folded.text:
        assert folded.span(0, len(folded.text))[1] <= len(text)


@given(st.text(st.sampled_from("出口管制實體清單輝達臺灣著乾後裏\n"), max_size=60))
def test_simplifying_keeps_length(text: str) -> None:
    simplified, moved = simplify(text)
    assert moved is None
    assert len(simplified) == len(text)


def test_a_conversion_that_changes_lengths_is_mapped() -> None:
    def convert(text: str) -> str:
        return text.replace("計算機", "電腦").replace("ß", "ss")

    plain, moved = align("一台計算機\nß一", convert)
    assert plain == "一台計算機\nss一"
    assert moved == (0, 1, 2, 3, 4, 5, 6, 6, 7)


def test_full_width_and_invisible_characters_fold() -> None:
    assert fold("Ｈ２０　實\u200b體\u202e清單\ufeff").text == "H20 实体清单"
    assert fold("實\u200b體").span(0, 2) == (0, 3)

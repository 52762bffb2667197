"""Mentions and their offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.names import CHIPS

from tidewaiter.reading.gazetteer import Gazetteer, Name, Named, NameList, built_in_names
from tidewaiter.reading.lines import split_lines
from tidewaiter.reading.mentions import Mention, find_mentions, matcher_for

__all__: list[str] = []


def mentions(text: str, gazetteer: Gazetteer = CHIPS) -> tuple[Mention, ...]:
    return find_mentions(split_lines(text), matcher_for(gazetteer))


def found(text: str) -> list[tuple[str, str]]:
    return [(each.key, each.surface) for each in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H200芯片", [("h200", "H200")]),
        ("GPU: H20,H200/H100、A1000", [("h20", "H20"), ("h200", "H200"), ("h100", "H100")]),
        ("50,000 H100s and one GH200 chip", [("h100", "H100")]),
        ("芯片XH20与H20X与H20-3e", [("h20", "H20")]),
        ("芯片h20、Ｈ２０、H\u200b20", [("h20", "h20"), ("h20", "Ｈ２０"), ("h20", "H\u200b20")]),
        ("芯片\u202eH20\u202c", [("h20", "H20")]),
        ("芯片昇騰910B、昇腾 910B、Ascend-910B、Ascend910B", [("ascend_910b", "昇騰910B"), ("ascend_910b", "昇腾 910B"),
         ("ascend_910b", "Ascend-910B"), ("ascend_910b", "Ascend910B")]),
        ("5萬塊走私的H100", []),
        ("5萬塊走私的H100,芯片", [("h100", "H100")]),
        ("Plants drink H20 every day; take the A100 to the H100 exit.", []),
        ("见 https://example.org/nvidia/H20?x=gpu 芯片", []),
    ],
)  # fmt: skip
def test_chips(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("英偉達、英伟达、NVIDIA、Nvidia", ["nvidia"] * 4),
        ("美國商務部工業與安全局", ["us_bis"]),
        ("the BIS and his bis", ["us_bis"]),
        ("BISCUIT", []),
        ("實體清單 / 实体清单 / Entity\nList", ["entity_list"] * 2),
        ("《國際緊急經濟權力法》(IEEPA)", ["ieepa", "ieepa"]),
        ("《保护美国人免受外国对手控制应用程序法》", ["pafaca"]),
        ("《保護美國人免受外國對手控制的應用程序侵害法》", ["pafaca"]),
        ("Meta said; a meta discussion; a Meta-analysis", ["meta"]),
        ("gathering intel for Intel", ["intel"]),
        ("亚马逊与亚马逊雨林", ["amazon"]),
        ("智譜、深度求索、幻方、小紅書", ["zhipu", "deepseek", "high_flyer", "xiaohongshu"]),
        ("Hugging Face and GitHub, TikTok", ["hugging_face", "github", "tiktok"]),
        ("an ear for EAR", ["ear"]),
        ("人工智能浪潮、浪潮信息", ["inspur"]),
        ("寒武纪生命大爆发", []),
        ("提高通过率,上海光电", ["shanghai"]),
        ("摩尔线程、壁仞科技、寒武纪", ["moore_threads", "biren", "cambricon"]),
        ("海光信息、商汤、科大讯飞", ["hygon", "sensetime", "iflytek"]),
        ("台積電與中芯國際", ["tsmc", "smic"]),
        ("Scale AI", ["scale_ai"]),
        ("the CHIPS Act", ["chips_act"]),
        ("", []),
    ],
)  # fmt: skip
def test_names(text: str, keys: list[str]) -> None:
    if "Entity\nList" in text:
        text = text.replace("Entity\nList", "Entity List")
        keys = [*keys, "entity_list"]
    assert [each.key for each in mentions(text)] == keys


def test_a_name_wrapped_over_two_lines_is_found() -> None:
    text = (
        "The bureau put the company on the Entity\nList last week, and nobody knows what comes\nnext for its suppliers."
    )
    assert [each.surface for each in mentions(text)] == ["Entity\nList"]


def test_the_longest_name_wins() -> None:
    text = "白宮科技政策辦公室"
    assert [(m.key, m.start, m.end) for m in mentions(text)] == [("us_ostp", 0, len(text))]


def test_a_shared_name_keeps_all_it_may_stand_for() -> None:
    (mention,) = mentions("商务部表示")
    assert (mention.key, mention.also) == ("us_commerce", (("agency", "cn_mofcom"),))
    twice = NameList((Name("h20_96", "chip", ("NVIDIA H20",)), Name("h20_141", "chip", ("NVIDIA H20",))))
    (mention,) = mentions("NVIDIA H20", twice)
    assert (mention.key, mention.also) == ("h20_96", (("chip", "h20_141"),))


def test_a_foreign_gazetteer_needs_only_key_kind_and_names() -> None:
    class Item:
        key = "mi300x"
        kind = "chip"
        names = ("MI300X",)

    class Catalog:
        def entries(self) -> list[Named]:
            return [Item()]

    assert [(m.kind, m.key) for m in mentions("AMD的MI300X芯片", Catalog())] == [("company", "amd"), ("chip", "mi300x")]


def test_a_chip_named_like_a_plain_word_needs_chips_around_it() -> None:
    words = NameList((Name("orin", "chip", ("Orin",)), Name("b40", "chip", ("B40",))))
    assert mentions("The dog Orin runs along the B40.", words) == ()
    assert [m.key for m in mentions("The chip Orin is slower than the B40.", words)] == ["orin", "b40"]


def test_built_in_names_are_well_formed() -> None:
    names = built_in_names()
    pairs = [(each.kind, each.key) for each in names]
    assert len(set(pairs)) == len(pairs)
    for each in names:
        assert each.names or each.exact
        assert all(text.strip() == text and len(text) > 1 for text in (*each.names, *each.exact))


def test_every_built_in_name_is_found_as_written() -> None:
    for each in built_in_names():
        for text in (*each.names, *each.exact):
            hits = mentions(f"({text})", NameList())
            assert any(each.key in (m.key, *(key for _, key in m.also)) for m in hits), text


PIECES = st.sampled_from(
    ["H20", "H200", "Ｈ１００", "芯片", "實體清單", "实体清单", "Entity List", "\u200b", "\u202e", "\n", " ", "x", "9",
     "英偉達", "𠮷", "İ", "ß", "é", "BIS", "商務部工業與安全局", "。", "\r\n", "\u0301"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_offsets_always_lead_to_the_surface(text: str) -> None:
    end = 0
    for each in mentions(text):
        assert text[each.start : each.end] == each.surface
        assert each.start >= end
        assert each.end > each.start
        end = each.end

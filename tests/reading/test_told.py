"""Events told without their names, and statements of rules: another day, a denial or another figure decides nothing."""

import pytest

from tidewaiter.faces.articles import read_article

__all__: list[str] = []

DECIDED = ("holds", "contradicted", "borne_out")


def statuses(text: str) -> list[str]:
    intro = "These are notes on TikTok, ByteDance, Kaspersky, the DOJ data rule and Nvidia."
    article = f"Notes\n\n3 August 2026\n\n{intro}\n\n{text}"
    return [each.finding.status for each in read_article(article).claims if each.finding.status in DECIDED]


@pytest.mark.parametrize(
    "text",
    [
        "President Biden signed the law against ByteDance on 24 April 2024.",
        "The Supreme Court upheld the law on 17 January 2025.",
        "The Justice Department's bulk threshold for financial data is 10,000 Americans.",
        "司法部规则的金融数据门槛是1万名美国人。",
        "2025年12月8日,特朗普宣布允许向中国获批客户出售H200,并抽成25%。",
    ],
)
def test_what_is_told_rightly_holds(text: str) -> None:
    assert statuses(text) == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "President Biden signed the law against ByteDance on 12 March 2023.",
        "The Supreme Court upheld the law on 3 June 2025.",
        "最高法院从未维持该法律。",
        "卡巴斯基未被禁。",
        "Kaspersky's new agreements were barred from July 20, 2023.",
        "The Justice Department's bulk threshold for financial data is 10,000 companies.",
        "司法部规则的金融数据门槛是1万家企业。",
        "The law allowed an extension of 90 days, twice.",
        "有律师误称行政令已废除该法律。",
        "H200不再逐案审查,一律推定拒绝。",
        "2025年12月8日,特朗普宣布允许向中国获批客户出售H200,并抽成15%。",
    ],
)
def test_another_day_a_denial_or_another_figure_decides_nothing(text: str) -> None:
    assert statuses(text) == []


def test_what_is_barred_without_a_license_needs_one() -> None:
    assert "contradicted" not in statuses("The rule says Nvidia cannot sell the A100 to China without a license.")

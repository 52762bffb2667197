"""Checks of figures: an item against another, a figure of an item, the cost and compute of a model."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.base.wording import Wording
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.desk import Figure
from tidewaiter.reading.findings import Evidence, Finding, said, weakest
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.setting import Setting

__all__ = ["check_comparison", "check_model"]


def check_comparison(claim: Claim, setting: Setting) -> Finding:
    """An item against another by the catalog's figures, or one figure of an item."""
    if claim.fields.get("than") is None:
        return _figure(claim, setting)
    item, than = str(claim.fields["item"]), str(claim.fields["than"])
    ratios = dict(_ratios(item, than, setting))
    later = setting.later((item, than))
    if not ratios:
        return Finding("not_checkable", said("figures_unknown"), (), later, confidence="low")
    arithmetic = tuple(text for _, _, text in ratios.values())
    evidence = tuple(_figures_as_evidence(item, than, setting))
    measures = read_data("acts")["measures"][str(claim.fields.get("measure") or "overall")]
    used = {name: ratio for name, (ratio, _, _) in ratios.items() if name in measures}
    confidence = weakest([conf for name, (_, conf, _) in ratios.items() if name in measures])
    fields = {"item": setting.wording(item), "than": setting.wording(than)}
    if not used or len(used) < min(2, len(measures)):
        return Finding("not_checkable", said("figures_partly", **fields), evidence, later, arithmetic, "low")
    status, key = _verdict(claim, used)
    return Finding(status, said(key, **fields, **_named_ratios(used)), evidence, later, arithmetic, confidence)


def _named_ratios(used: dict[str, float]) -> dict[str, object]:
    text = [(read_data("acts")["measure_names"][name], ratio) for name, ratio in used.items()]
    return {
        "ratios": Wording(
            ", ".join(f"{name['en']} ×{ratio:.2f}" for name, ratio in text),
            "，".join(f"{name['zh']}×{ratio:.2f}" for name, ratio in text),
        )
    }


def _verdict(claim: Claim, used: dict[str, float]) -> tuple[str, str]:
    """The status by the ratios of item to item, and the sentence that says it."""
    relation, times = claim.fields.get("relation"), claim.fields.get("times")
    if isinstance(times, int | float) and times > 0:
        return _by_ratio(float(times), used)
    above = [ratio > 1.0 for ratio in used.values()]
    if relation == "equal":
        near = [0.8 <= ratio <= 1.25 for ratio in used.values()]
        return ("qualified", "compare_near") if any(near) else ("not_checkable", "compare_far")
    right = [side == (relation == "above") for side in above]
    if all(right):
        return (
            ("holds", "compare_right")
            if len(used) > 1 or claim.fields.get("measure") not in ("overall", None)
            else ("qualified", "compare_right")
        )
    if any(right):
        return "qualified", "compare_mixed"
    return "contradicted", "compare_wrong"


def _by_ratio(times: float, used: dict[str, float]) -> tuple[str, str]:
    off = min(abs(ratio / times - 1) for ratio in used.values())
    if off <= 0.1:
        return ("holds" if len(used) == 1 else "qualified"), "ratio_right"
    if off <= 0.35:
        return "qualified", "ratio_near"
    return "not_checkable", "ratio_far"


def _ratios(item: str, than: str, setting: Setting) -> Iterator[tuple[str, tuple[float, str, Wording]]]:
    for measure in ("compute", "memory_bandwidth", "memory", "interconnect", "tpp", "density"):
        pair = _pair(item, than, measure, setting)
        if pair and pair[1].value:
            a, b, note = *pair[:2], pair[2]
            ratio = a.value / b.value
            names = read_data("acts")["measure_names"][measure]
            text = f"{a.value:,.5g} / {b.value:,.5g} {a.unit} = {ratio:.2f}"
            label = Wording(f"{names['en']}{note}: {text}", f"{names['zh']}{note}：{text}")
            yield measure, (ratio, weakest([a.confidence, b.confidence]), label)


def _pair(item: str, than: str, measure: str, setting: Setting) -> tuple[Figure, Figure, str] | None:
    """The figures of both; for compute those of the fastest format that both have."""
    if measure != "compute":
        a, b = setting.desk.figure(item, measure), setting.desk.figure(than, measure)
        return (a, b, "") if a and b else None
    one, other = setting.desk.peaks(item), setting.desk.peaks(than)
    common = [name for name in read_data("acts")["formats"] if name in one and name in other]
    return (one[common[0]], other[common[0]], f" ({common[0].upper()})") if common else None


def _figures_as_evidence(item: str, than: str, setting: Setting) -> Iterator[Evidence]:
    for key in (item, than):
        figures = [f for m in ("memory_bandwidth", "tpp", "density") if (f := setting.desk.figure(key, m))]
        if figures:
            text = "; ".join(f"{f.value:,.5g} {f.unit}".strip() for f in figures)
            says = Wording(f"{setting.wording(key).en}: {text}", f"{setting.wording(key).zh}：{text}")
            yield Evidence(says, figures[0].source, weakest([f.confidence for f in figures]))


def _figure(claim: Claim, setting: Setting) -> Finding:
    """One figure of an item, as stated."""
    item, measure = str(claim.fields["item"]), str(claim.fields.get("measure") or "")
    known = setting.desk.figure(item, measure)
    if known is None or not isinstance(claim.fields.get("value"), int | float):
        return Finding("not_checkable", said("figures_unknown"), confidence="low")
    if claim.fields.get("relation") in ("above", "below"):
        return _limit(claim, known)
    return _beside(claim, known, setting)


def _limit(claim: Claim, known: Figure) -> Finding:
    """A figure said to lie above or below a limit; where it does not, another may be meant: nothing is decided."""
    stated, above = float(claim.fields["value"]), claim.fields["relation"] == "above"
    fields = {"stated": f"{stated:,.6g}", "known": f"{known.value:,.6g}", "off": f"{abs(stated - known.value):,.6g}"}
    evidence = (Evidence(Wording(known.name, known.name), known.source, known.confidence),)
    arithmetic = (said("figure_limit", **fields),)
    if (known.at_least >= stated) if above else (known.at_most < stated):
        return Finding("holds", said("limit_right"), evidence, (), arithmetic, known.confidence)
    return Finding("not_checkable", said("figure_far"), evidence, (), arithmetic, "low")


def _beside(claim: Claim, known: Figure, setting: Setting) -> Finding:
    """A stated value beside a known figure: right within a twentieth, near within a fifth, else different."""
    stated = float(claim.fields["value"])
    says = Wording(
        f"{known.name}: {known.value:,.6g} {known.unit}".rstrip(),
        f"{known.name}：{known.value:,.6g} {known.unit}".rstrip(),
    )
    evidence = (Evidence(says, known.source, known.confidence),)
    off = 0.0 if known.at_least <= stated <= known.at_most else abs(stated / known.value - 1) if known.value else 1.0
    arithmetic = (said("figure_beside", stated=f"{stated:,.6g}", known=f"{known.value:,.6g}", off=f"{off:.0%}"),)
    if off <= 0.05:
        return Finding("holds", said("figure_right"), evidence, (), arithmetic, known.confidence)
    if off <= 0.2:
        return Finding("qualified", said("figure_near"), evidence, (), arithmetic, known.confidence)
    return Finding("not_checkable", said("figure_far"), evidence, (), arithmetic, "low")


def check_model(claim: Claim, setting: Setting) -> Finding:
    """Cost, chips, hours, operations, parameters or tokens of a model beside what its developer published."""
    model, measure = str(claim.fields["model"]), str(claim.fields["measure"])
    if measure == "test_time":
        return _test_time(claim, setting)
    known = setting.desk.model(model, measure)
    later = setting.later((model,))
    if known is None or not isinstance(claim.fields.get("value"), int | float):
        return Finding("not_checkable", said("figures_unknown"), (), later, confidence="low")
    if measure == "cost" and claim.fields.get("unit") not in (None, "", known.unit):
        return Finding("not_checkable", said("currency_other"), (), later, confidence="low")
    found = _beside(claim, known, setting)
    if measure in ("cost", "hours", "chips") and found.status == "holds":
        return Finding("qualified", said("developer_figure"), found.evidence, later, found.arithmetic, found.confidence)
    return Finding(found.status, found.why, found.evidence, later, found.arithmetic, found.confidence)


def _test_time(claim: Claim, setting: Setting) -> Finding:
    """How many operations longer answers take: two for each active parameter and token."""
    model = str(claim.fields.get("model") or "")
    active = setting.desk.model(model, "active_parameters") if model else None
    if active is None:
        return Finding("not_checkable", said("figures_unknown"), confidence="low")
    short, long = (int(n) for n in read_data("acts")["answer_lengths"])
    fields = {"active": f"{active.value:.3g}", "short": f"{short:,}", "long": f"{long:,}"}
    arithmetic = (
        said(
            "test_time",
            **fields,
            less=f"{2 * active.value * short:.2g}",
            more=f"{2 * active.value * long:.2g}",
            times=f"{long / short:g}",
        ),
    )
    evidence = (
        Evidence(
            Wording(f"{active.name}: {active.value:,.0f}", f"{active.name}：{active.value:,.0f}"),
            active.source,
            active.confidence,
        ),
    )
    return Finding(
        "holds", said("test_time_more", times=f"{long / short:g}"), evidence, (), arithmetic, active.confidence
    )

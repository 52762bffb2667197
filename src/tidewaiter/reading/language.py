"""The language and script of a text, with the evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.base.wording import Wording
from tidewaiter.reading.folding import simplify, traditional_forms
from tidewaiter.reading.resources import read_data

__all__ = ["LanguageFinding", "detect_language"]

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
_KANA_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_HALF_WIDTH = re.compile("(?<=[\u4e00-\u9fff])[,?](?=[\u4e00-\u9fff])")
_SAMPLE = 100_000


@dataclass(frozen=True, slots=True)
class LanguageFinding:
    """`language` is zh, en, mixed or unknown; `script` is simplified, traditional, converted, latin or unknown.

    `converted` means traditional characters made from a simplified text by a machine.
    """

    language: str
    script: str
    evidence: tuple[Wording, ...]

    def to_json(self) -> dict[str, object]:
        """Language, script and evidence in both languages."""
        evidence = [{"en": each.en, "zh": each.zh} for each in self.evidence]
        return {"language": self.language, "script": self.script, "evidence": evidence}


def detect_language(text: str) -> LanguageFinding:
    """Tell language and script of a text from its first 100,000 characters."""
    sample = text[:_SAMPLE]
    han, words = len(_HAN.findall(sample)), _WORD.findall(sample)
    counted = Wording(f"{han} Han characters, {len(words)} Latin words", f"汉字 {han} 个，拉丁词 {len(words)} 个")
    language, why = _language(sample, han, words)
    script, script_evidence = _script(sample, han, words)
    return LanguageFinding(language, script, (counted, *why, *script_evidence))


def _language(sample: str, han: int, words: list[str]) -> tuple[str, tuple[Wording, ...]]:
    settings = read_data("language")
    shares = settings["shares"]
    size = han + 1.5 * len(words)
    if size < settings["least_size"]:
        return "unknown", (Wording("too little text", "文字太少"),)
    foreign = len(_KANA_HANGUL.findall(sample))
    if foreign > shares["kana"] * (size + foreign):
        return "unknown", (Wording(f"{foreign} kana or hangul", f"假名或谚文 {foreign} 个"),)
    if han / size >= shares["chinese"]:
        return "zh", ()
    english, evidence = _is_english(words)
    if han / size >= shares["english"]:
        return ("mixed" if english else "zh"), evidence
    return ("en" if english else "unknown"), evidence


def _is_english(words: list[str]) -> tuple[bool, tuple[Wording, ...]]:
    settings = read_data("language")
    known = frozenset(settings["function_words"].split())
    count = sum(1 for word in words if word.lower() in known)
    evidence = Wording(f"{count} of {len(words)} words are English function words", f"英语虚词 {count}/{len(words)}")
    few = len(words) < 12 and all(word.isascii() for word in words)
    return few or count >= settings["shares"]["function_words"] * len(words), (evidence,)


def _script(sample: str, han: int, words: list[str]) -> tuple[str, tuple[Wording, ...]]:
    if not han:
        return ("latin" if words else "unknown"), ()
    traditional = _differences(sample, simplify(sample)[0])
    simplified = _differences(sample, traditional_forms(sample))
    evidence = Wording(
        f"{traditional} characters only in traditional script, {simplified} only in simplified",
        f"繁体专用字 {traditional} 个，简体专用字 {simplified} 个",
    )
    if traditional + simplified == 0:
        return "unknown", (evidence,)
    if traditional < read_data("language")["script"]["ratio"] * (traditional + simplified):
        return "simplified", (evidence,)
    signs = _signs_of_conversion(sample)
    enough = len(signs) >= read_data("language")["converted"]["signs"]
    return ("converted" if enough else "traditional"), (evidence, *signs)


def _differences(left: str, right: str) -> int:
    return sum(1 for a, b in zip(left, right, strict=False) if a != b) if len(left) == len(right) else 0


def _signs_of_conversion(sample: str) -> tuple[Wording, ...]:
    """The kinds of signs that show often enough, with counts."""
    settings = read_data("language")["converted"]
    counts = {
        key: sum(sample.count(word) for word in settings[key]["words"]) for key in ("residue", "mainland", "quotes")
    }
    counts["comma"] = len(_HALF_WIDTH.findall(sample))
    return tuple(
        Wording(f"{settings[key]['en']}: {count}", f"{settings[key]['zh']}：{count} 处")
        for key, count in counts.items()
        if count >= settings["least"]
    )

"""What the screening benchmark asks: the lists, names with one slip of the pen, and names that are on no list.

The lists lie beside the checkout (`../shared`); where they are absent, so is the benchmark. Every choice is seeded.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tidewaiter.evidence.parties.lists import ListBook
from tidewaiter.evidence.parties.lists.store import ListStore

__all__ = [
    "Pair",
    "Slip",
    "clean_firms",
    "clean_people",
    "hanzi_queries",
    "listed_spellings",
    "pairs",
    "script_of",
    "shared",
    "slips",
    "stored_list",
    "without_hanzi",
]

LIST = "lists/csl_2026-07-31.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Pair:
    """A labeled pair of names."""

    query: str
    candidate: str
    match: bool
    schema: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A name of the list as someone mistyped it, the name meant, and how it went wrong."""

    query: str
    meant: str
    how: str


def shared(name: str) -> Path | None:
    """A file of the notes beside the checkout, None where it is absent."""
    path = Path(__file__).resolve().parents[2] / "shared" / "data" / name
    return path if path.exists() else None


def pairs() -> list[Pair]:
    """The labeled development pairs."""
    path = shared("name_pairs_dev.csv")
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Pair(row["query"], row["candidate"], row["is_match"] == "1", row["schema"]) for row in rows]


def stored_list(folder: Path) -> ListBook:
    """The full Consolidated Screening List, imported into a store as a user would, with the table that is shipped."""
    path = shared(LIST)
    if path is None:
        raise FileNotFoundError(LIST)
    store = ListStore(folder)
    store.add([path], as_of=date(2026, 7, 31))
    return store.book()


def without_hanzi(book: ListBook) -> ListBook:
    """The same without any Chinese name: what rules alone can find."""
    kept = [(entry, tuple(name for name in entry.names if not _is_hanzi(name.text))) for entry in book.entries]
    entries = tuple(replace(entry, names=names) for entry, names in kept if names)
    return ListBook(entries, book.editions, f"{book.digest} without hanzi")


def script_of(pair: Pair) -> str:
    """On how many sides of a pair there is hanzi."""
    sides = _is_hanzi(pair.query) + _is_hanzi(pair.candidate)
    return ("Latin", "hanzi one side", "hanzi both sides")[sides]


# hanzi ---------------------------------------------------------------------------------------------------


def hanzi_queries(book: ListBook) -> list[tuple[str, str]]:
    """Chinese names of parties on the list, each with its English name as the list prints it."""
    listed = {_plain(name.text): name.text for entry in book.entries for name in entry.names}
    found: dict[tuple[str, str], None] = {}
    for row in _rows("lists/hanzi_pairs.csv"):
        if meant := listed.get(_plain(row["english"])):
            found[row["chinese_simplified"], meant] = None
            found[row["chinese_traditional"], meant] = None
    for row in _rows("listings.csv"):
        if meant := listed.get(_plain(row["name"])):
            for alias in row["aliases"].split(";"):
                if _is_hanzi(alias.strip()):
                    found[alias.strip(), meant] = None
    return [pair for pair in found if pair[0]]


def _rows(name: str) -> list[dict[str, str]]:
    path = shared(name)
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _plain(text: str) -> str:
    head = text.partition(" (")[0]
    return "".join(letter for letter in head.casefold() if letter.isalnum())


def _is_hanzi(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


# slips of the pen ------------------------------------------------------------------------------------------

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_FORMS_TEXT = """
co ltd limited company corporation corp inc llc jsc ojsc pjsc ooo oao ao zao gmbh sa fze
"""
_FORMS = frozenset(_FORMS_TEXT.split())


def slips(book: ListBook, count: int, seed: int = 20260731) -> list[Slip]:
    """Names of the list with one random edit each, of seven kinds in turn."""
    draw = random.Random(seed)
    names = [name.text for entry in book.entries for name in entry.names if not _is_hanzi(name.text)]
    found: list[Slip] = []
    while len(found) < count:
        meant = names[draw.randrange(len(names))]
        how = _HOW[len(found) % len(_HOW)]
        query = _slip(meant, how, draw)
        if query and query != meant:
            found.append(Slip(query, meant, how))
    return found


_HOW = ("drop", "double", "swap", "near", "reorder", "form", "join")


def _slip(name: str, how: str, draw: random.Random) -> str:
    words = name.split()
    letters = [at for at, letter in enumerate(name) if letter.isalpha()]
    if how == "reorder":
        draw.shuffle(words)
        return " ".join(words)
    if how == "form":
        kept = [word for word in words if word.strip(".,()").casefold() not in _FORMS]
        return " ".join(kept).rstrip(",") if kept else ""
    if how == "join":
        at = draw.randrange(len(words) - 1) if len(words) > 1 else -1
        return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]]) if at >= 0 else ""
    if len(letters) < 4:
        return ""
    at = draw.choice(letters)
    if how == "drop":
        return name[:at] + name[at + 1 :]
    if how == "double":
        return name[: at + 1] + name[at:]
    if how == "swap":
        return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    return name[:at] + _neighbor(name[at], draw) + name[at + 1 :]


def _neighbor(letter: str, draw: random.Random) -> str:
    """A letter beside it on the keyboard."""
    for row in _KEYS:
        at = row.find(letter.casefold())
        if at >= 0:
            return draw.choice([row[each] for each in (at - 1, at + 1) if 0 <= each < len(row)])
    return letter


# names on no list ------------------------------------------------------------------------------------------

_GIVEN_TEXT = """
Emily Jacob Hannah Oliver Sophie Lucas Chloe Daniel Isabella Ethan Grace Noah Amelia Liam Charlotte Mason Julia
Henrik Ingrid Lars Astrid Matteo Giulia Pierre Camille Juan Lucia Diego Valentina Kenji Yuki Haruto Sakura
Minjun Jiwoo Priya Arjun Ananya Rohan Thabo Naledi Kwame Ama Chidi Ngozi Mehmet Elif Piotr Agnieszka Jan Eva
Tomas Katerina Andrei Ioana Nikos Eleni Linh Minh Siti Budi Wei Fang Jing Lei Xiaoming Lihua Jianguo Meiling
Omar Layla Yusuf Fatima
"""
_GIVEN = _GIVEN_TEXT.split()
_FAMILY_TEXT = """
Parker Whitfield Harrington Caldwell Mercer Donovan Fletcher Sinclair Prescott Langley Svensson Lindqvist
Andersen Rossi Bianchi Moreau Lefebvre Navarro Castillo Fernandes Almeida Tanaka Nakamura Yoshida Kimura Kang
Choi Iyer Banerjee Deshpande Menon Dlamini Mokoena Mensah Boateng Okafor Adeyemi Yildirim Kowalczyk Nowicki
Novotny Dvorak Popescu Papadopoulos Nguyen Tran Wijaya Santoso Zhang Chen Liu Huang Zhao Zhou Xu Sun Haddad
Mansour Rahman Siddiqui Thornton Ashworth Pemberton Kingsley Ellison Brooks Hayward Montgomery Vandenberg
Schneider Hoffmann Zimmermann
"""
_FAMILY = _FAMILY_TEXT.split()
_PLACES_TEXT = """
北京 Beijing 上海 Shanghai 深圳 Shenzhen 杭州 Hangzhou 成都 Chengdu 武汉 Wuhan 苏州 Suzhou 宁波 Ningbo 青岛 Qingdao
长沙 Changsha 佛山 Foshan 无锡 Wuxi 温州 Wenzhou 泉州 Quanzhou 烟台 Yantai 昆明 Kunming
"""
_PLACES = _PLACES_TEXT.split()
_BRANDS_TEXT = """
晨 chen 悦 yue 禾 he 沐 mu 岚 lan 霖 lin 梓 zi 锦 jin 恒 heng 泽 ze 润 run 翔 xiang 旭 xu 瑞 rui 嘉 jia 铭 ming
凯 kai 弘 hong 汇 hui 宏 hong 益 yi 民 min 佳 jia 欣 xin 卓 zhuo 越 yue 景 jing 逸 yi 澜 lan 枫 feng 柏 bai 桐 tong
"""
_BRANDS = _BRANDS_TEXT.split()
_BUSINESS = {
    "食品": "Food",
    "餐饮管理": "Catering Management",
    "服饰": "Garments",
    "家具": "Furniture",
    "装饰工程": "Decoration Engineering",
    "科技": "Technology",
    "贸易": "Trading",
    "电子": "Electronics",
    "文化传媒": "Culture Media",
    "建筑材料": "Building Materials",
    "生物科技": "Biotechnology",
    "物流": "Logistics",
    "软件": "Software",
    "医疗器械": "Medical Instruments",
    "新能源": "New Energy",
    "机械设备": "Machinery Equipment",
}


def clean_people(count: int, listed: frozenset[str] = frozenset(), seed: int = 11) -> list[str]:
    """Names of people, put together from common given and family names; none that is on the list by chance."""
    draw = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        name = f"{draw.choice(_GIVEN)} {draw.choice(_FAMILY)}"
        if _letters(name) not in listed:
            found.append(name)
    return found


def listed_spellings(book: ListBook) -> frozenset[str]:
    """Every name of the list, letters only, so that a name made by chance is not one of them."""
    return frozenset(_letters(name.text) for entry in book.entries for name in entry.names)


def clean_firms(count: int, listed: frozenset[str] = frozenset(), seed: int = 12) -> list[str]:
    """Names of Chinese firms, half in hanzi and half in Latin letters: place, a brand by chance, business, form."""
    draw = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        name = _firm(len(found), draw)
        if _letters(name) not in listed:
            found.append(name)
    return found


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _firm(number: int, draw: random.Random) -> str:
    place, brand = _drawn(_PLACES, draw), [_drawn(_BRANDS, draw) for _ in range(2)]
    hanzi, latin = draw.choice(list(_BUSINESS.items()))
    if number % 2:
        return f"{place[1]} {''.join(each[1] for each in brand).title()} {latin} Co., Ltd."
    return f"{place[0]}{''.join(each[0] for each in brand)}{hanzi}有限公司"


def _drawn(pieces: Sequence[str], draw: random.Random) -> tuple[str, str]:
    at = draw.randrange(len(pieces) // 2) * 2
    return pieces[at], pieces[at + 1]

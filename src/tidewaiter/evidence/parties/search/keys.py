"""The keys under which a name is found: words, joined neighbours, deletions, initials, pairs of hanzi.

All of them are made the same way for the names of a list and for a query, from folded text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from zlib import crc32

from tidewaiter.evidence.parties.names.sounds import bones, sound

__all__ = [
    "LONGEST_WORD",
    "bigrams",
    "deletions",
    "hanzi_runs",
    "hashed",
    "identifier_key",
    "initials",
    "is_hanzi",
    "joins",
    "lettered",
    "sounded",
    "spelling",
    "words",
]

LONGEST_WORD = 24
"""Letters of a word that count in an index; what follows is left to the comparison."""

_INITIALS = range(3, 9)
_HANZI = (("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))


def is_hanzi(letter: str) -> bool:
    """Whether a character is a Chinese one."""
    return any(low <= letter <= high for low, high in _HANZI)


def words(folded: str) -> list[str]:
    """The words of folded text that are written in letters, in order."""
    found = folded.split()
    if folded.isascii():
        return found
    return [word for word in found if not is_hanzi(word[0])]


def lettered(found: list[str]) -> list[str]:
    """The same words, neighbors of a single letter written together: L. Y. P. is LYP."""
    if not any(len(word) == 1 for word in found):
        return found
    made: list[str] = []
    single = False
    for word in found:
        if len(word) == 1 and single:
            made[-1] += word
        else:
            made.append(word)
        single = len(word) == 1
    return made


def hanzi_runs(text: str) -> list[str]:
    """The unbroken runs of Chinese characters of a text."""
    return "".join(letter if is_hanzi(letter) else " " for letter in text).split()


def bigrams(hanzi: str) -> list[str]:
    """The pairs of neighboring Chinese characters, each once, in order; a lone character stands for itself."""
    pairs = [a + b for run in hanzi_runs(hanzi) for a, b in pairwise(run)]
    return list(dict.fromkeys(pairs or hanzi_runs(hanzi)))


def hashed(key: str) -> int:
    """The same 32 bits for the same text in every run."""
    return crc32(key.encode())


def deletions(word: str) -> list[int]:
    """The hashes of a word and of all that is left of it when one letter goes.

    Two words with a common hash differ by one letter added, dropped, changed, or by two neighbors swapped, or
    by little more; the caller looks closer.
    """
    data = word[:LONGEST_WORD].encode()
    found = [crc32(data)]
    if len(data) > 2:
        found += [crc32(data[at + 1 :], crc32(data[:at])) for at in range(len(data))]
    return found


def sounded(word: str) -> Iterator[int]:
    """The hashes of the sound of a word and of its consonants, where they are long enough to tell something."""
    heard, consonants = sound(word), bones(word)
    if len(heard) > 3:
        yield hashed(f"~{heard}")
    if len(consonants) > 2:
        yield hashed(f"#{consonants}")


def joins(found: Sequence[str], most: int = 2) -> list[str]:
    """Each word written together with its right neighbor, and with the `most` - 1 neighbors on its right."""
    return ["".join(found[at : at + length]) for length in range(2, most + 1) for at in range(len(found) - length + 1)]


def initials(found: Sequence[str]) -> str:
    """The first letters of words, where they are as many as an abbreviation has; else ''."""
    return "".join([word[0] for word in found]) if len(found) in _INITIALS else ""


def spelling(folded: str) -> str:
    """What two names share that differ by spaces and punctuation alone."""
    return folded.replace(" ", "")


def identifier_key(kind: str, value: str) -> str:
    """An identifier with nothing but its letters and digits."""
    return f"{kind.casefold()}:{''.join(letter for letter in value.casefold() if letter.isalnum())}"

"""A small gazetteer of chips for the tests of reading; the real one comes from the catalog."""

from tidewaiter.reading.gazetteer import Name, NameList

__all__ = ["CHIPS"]

_NAMES = ("H20", "H100", "H200", "H800", "A100", "A800", "B200")
CHIPS = NameList(
    (
        *(Name(each.lower(), "chip", (each,)) for each in _NAMES),
        Name("ascend_910b", "chip", ("Ascend 910B", "昇腾910B")),
    )
)

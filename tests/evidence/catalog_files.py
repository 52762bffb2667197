"""Small catalogs for the tests, written to a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import tidewaiter.evidence.catalog as package

__all__ = ["CHIP", "MODEL", "written"]

SETTINGS = ("formats", "facts", "words", "sources")

CHIP = """vendor: Acme
headquarters: US
chips:
  acme-one:
    name: Acme One
    family: One
    form: ic
    released: 2024-01-02
    nonplanar: true
    peaks: {int8: 100}
    peaks_complete: true
    die_area: 50
    sources: [general-knowledge]
    confidence: low
"""

MODEL = """developers:
  Acme: {country: US}
models:
  acme-m:
    name: Acme M
    developer: Acme
    released: 2024
    sources: [general-knowledge]
    confidence: low
"""


def written(folder: Path, chips: str = CHIP, models: str = MODEL) -> Path:
    """A catalog folder with the shipped settings and these two files."""
    data = Path(package.__file__).parent / "data"
    for part in ("chips", "models"):
        (folder / part).mkdir()
    for name in SETTINGS:
        shutil.copy(data / f"{name}.yaml", folder)
    (folder / "chips" / "acme.yaml").write_text(chips, encoding="utf-8")
    (folder / "models" / "acme.yaml").write_text(models, encoding="utf-8")
    return folder

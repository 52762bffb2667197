"""Write the compiled form of the catalog beside its files: run after every change of them."""

import json
from pathlib import Path

import tidewaiter.evidence.catalog as package
from tidewaiter.evidence.catalog.stock import COMPILED, compiled, data_texts

__all__ = ["main"]


def main() -> None:
    """Compile and write; faults of the files are raised."""
    folder = Path(package.__file__).parent / "data"
    stock = compiled(data_texts(folder))
    text = json.dumps(stock, ensure_ascii=False, separators=(",", ":"))
    (folder / COMPILED).write_text(text + "\n", encoding="utf-8")
    print(f"{len(stock['chips']['items'])} items, {len(stock['models']['items'])} models, {len(text)} characters")


if __name__ == "__main__":
    main()

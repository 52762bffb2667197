"""The design notes that lie beside the checkout on some machines: tests that need them skip elsewhere."""

from pathlib import Path

import pytest

__all__ = ["shared_path"]


def shared_path(name: str) -> Path:
    """The path of a file of the notes beside the checkout; skips the test, saying so, where it is absent."""
    path = Path(__file__).resolve().parents[2] / "shared" / name
    if not path.exists():
        pytest.skip(f"the notes beside the checkout are absent: {name}")
    return path

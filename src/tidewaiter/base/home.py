"""Where what a user keeps is stored: imported lists, decisions."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["VARIABLE", "home"]

VARIABLE = "TIDEWAITER_HOME"
"""The environment variable that names the folder."""


def home() -> Path:
    """The folder of the user's own data: `$TIDEWAITER_HOME`, else the system's usual place. It need not exist."""
    if named := os.environ.get(VARIABLE):
        return Path(named).expanduser()
    shared = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "tidewaiter"

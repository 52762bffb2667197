"""Build hook: a wheel carries the compiled law, so that the first command is as fast as the second."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledLaw(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the law of the tree that is built and puts it beside the library."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled law to wheels; an editable install reads the files themselves."""
        if self.target_name != "wheel" or version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from tidewaiter.library.compiled import compile_law
        from tidewaiter.library.loader import shipped_texts

        path = Path(tempfile.mkdtemp()) / "compiled_law.json"
        path.write_text(compile_law(shipped_texts())[1], encoding="utf-8")
        build_data["force_include"][str(path)] = "tidewaiter/library/compiled_law.json"

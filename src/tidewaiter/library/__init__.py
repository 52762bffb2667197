"""The library: law files read, checked, dated, laid over each other, and handed to the engine as programs."""

__all__: list[str] = []

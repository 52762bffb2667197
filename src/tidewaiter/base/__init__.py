"""Ground floor: errors, wording, YAML, hashing. Imports nothing of tidewaiter."""

__all__: list[str] = []

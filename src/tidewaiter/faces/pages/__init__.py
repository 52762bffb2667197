"""Pages: what a face shows, as blocks that a terminal, a pipe or a report draws in its own way."""

__all__: list[str] = []

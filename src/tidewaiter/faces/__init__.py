"""Where people and programs meet tidewaiter: command line, Python surface, demo; and the one composition root."""

__all__: list[str] = []

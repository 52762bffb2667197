"""Reading: an article in, plain text, date interval and mentions out, every one with its offsets."""

__all__: list[str] = []

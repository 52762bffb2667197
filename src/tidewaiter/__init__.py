"""US technology law over AI as code: what the law says about an item, on a date, with the proof."""

__all__: list[str] = []

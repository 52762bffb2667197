"""Tables in, answers out: every row gets the outcome that a single check of its facts gives."""

__all__: list[str] = []

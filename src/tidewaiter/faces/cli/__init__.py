"""The command line: arguments in, pages or JSON out."""

__all__: list[str] = []

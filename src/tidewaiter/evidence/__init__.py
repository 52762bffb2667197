"""Evidence: facts about things and parties that a question may draw on. Knows no law."""

__all__: list[str] = []

"""Suggestions by a language model that the user runs or pays for: quote or nothing."""

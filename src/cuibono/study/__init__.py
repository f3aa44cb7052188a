"""A whole case run: readings, answers, what carries them, variants."""

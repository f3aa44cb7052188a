"""The worked cases: what they hold, and what must not be in them."""

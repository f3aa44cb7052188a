"""Which claims carry an answer."""

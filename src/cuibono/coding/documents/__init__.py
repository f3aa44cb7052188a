"""Documents in: clean text in code points, with a note of what conversion did."""

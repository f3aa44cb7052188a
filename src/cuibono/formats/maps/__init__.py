"""Causal maps from other tools: one module per format, `reading.MAPS` lists them."""

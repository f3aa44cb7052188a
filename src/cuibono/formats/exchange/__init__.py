"""Cases to and from other annotation tools: one module per format, one list."""

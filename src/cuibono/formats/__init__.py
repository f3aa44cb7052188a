"""Cases and models on disk: one module per format."""

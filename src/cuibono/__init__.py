"""Tests arguments about conflict: who benefits, and does the conclusion follow."""

__version__ = "0.1.0"

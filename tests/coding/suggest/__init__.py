"""Tests of the suggestions by rule."""

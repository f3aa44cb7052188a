"""Tests of the importers of event data."""

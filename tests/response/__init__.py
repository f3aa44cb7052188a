"""Tests of loops, presses and ensembles."""

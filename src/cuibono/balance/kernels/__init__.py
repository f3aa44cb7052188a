"""Compiled kernels of the balance of large networks."""

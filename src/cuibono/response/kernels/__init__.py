"""Compiled kernels; imported only by modules that draw or solve ensembles."""

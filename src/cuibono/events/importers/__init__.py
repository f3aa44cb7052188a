"""Importers of event data, one module for a provider; `registry` lists them."""

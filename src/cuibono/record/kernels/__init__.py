"""Compiled inner loops of the record; each is called by one module beside this folder."""

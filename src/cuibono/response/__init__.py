"""Response of a signed digraph: structure, loops, press, pulse, ensembles."""

"""From claims to arrays: signed graph, signed digraph, and who stands behind what."""

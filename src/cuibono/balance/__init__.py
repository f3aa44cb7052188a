"""Structural balance of signed graphs: triads, factions, exact frustration index."""

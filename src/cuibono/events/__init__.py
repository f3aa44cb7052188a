"""Event records: importers, store, code tables, actors, queries."""

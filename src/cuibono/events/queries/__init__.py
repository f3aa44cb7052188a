"""Questions to the event store, as Ibis expressions that run on DuckDB and on Spark."""

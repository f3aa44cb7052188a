"""The event store: Parquet by year, and where every row came from."""

"""Files on disk: writing that cannot be cut short, digests."""

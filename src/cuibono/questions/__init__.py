"""One module per question; each returns an Answer."""

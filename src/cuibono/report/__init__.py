"""A study as HTML, text and figures; finds nothing itself."""

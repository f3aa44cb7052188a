"""The folder `record/` of a case: actor map, what is asked, and shipped counts."""

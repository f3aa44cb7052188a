"""Actor maps: which filed names stand for whom, and when."""

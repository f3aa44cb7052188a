"""What was said: sources, claims, names, cases, and what makes a case valid."""

"""What the record shows: agreement with claims, relational event models."""

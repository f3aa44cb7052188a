"""From documents to claims: agreement between coders."""

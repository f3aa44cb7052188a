"""Suggestions of claims from a text: by rule, with the words that they rest on."""

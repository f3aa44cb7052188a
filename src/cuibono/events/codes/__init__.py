"""What event codes mean: tables of the schemes, each with its source."""

"""Statistics of a row, one module a family; `catalogue` lists them."""

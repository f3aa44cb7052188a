"""Growing sizes, fixed seeds; read the ratios, not the milliseconds."""

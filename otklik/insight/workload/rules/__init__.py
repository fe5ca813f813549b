"""Pure parts: norms, hours there are, levels, the forecast."""

"""One folder per channel. Each declares itself with `registry.register`."""

"""What must be fast, measured over data that the benchmark makes itself."""

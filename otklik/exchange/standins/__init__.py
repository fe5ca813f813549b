"""Local servers that behave like the services of the channels, for the demo and for tests."""

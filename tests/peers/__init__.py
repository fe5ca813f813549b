"""Real servers that tests talk to, started on the loopback interface."""

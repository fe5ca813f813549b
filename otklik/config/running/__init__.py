"""Processes of the program: a small supervisor over web and worker."""

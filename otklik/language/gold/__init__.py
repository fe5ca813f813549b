"""Texts of our own with the right answers, to measure the engine by."""

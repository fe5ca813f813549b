"""Judges of analysis: they share no code with what they judge."""

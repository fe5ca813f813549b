"""Odnoklassniki in small: a group, its topics and comments, its bot's conversations."""

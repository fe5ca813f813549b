"""Odnoklassniki: comments of a group's topics, messages to its bot, topics and their figures."""

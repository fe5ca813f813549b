"""Telegram: messages to the bot, comments of a channel, groups; answers, posts."""

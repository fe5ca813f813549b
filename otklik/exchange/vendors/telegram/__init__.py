"""A thin client of the Telegram Bot API."""

"""A stand-in of Telegram: bots, people, private chats, channels and their discussion groups."""

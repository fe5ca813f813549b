"""MAX: messages to the bot, chats, comments of a channel; answers, posts, views."""

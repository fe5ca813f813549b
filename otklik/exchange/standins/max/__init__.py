"""A stand-in of MAX: dialogues, chats, channels with comments, uploads, webhooks."""

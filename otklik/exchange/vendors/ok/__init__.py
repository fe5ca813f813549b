"""A thin client of Odnoklassniki: topics, comments, photos and figures; the bot of a group."""

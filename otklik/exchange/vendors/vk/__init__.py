"""A thin client of VK's API 5.199: communities' comments, messages, posts and statistics."""

"""VK in small: communities, people, posts, comments, messages, events."""

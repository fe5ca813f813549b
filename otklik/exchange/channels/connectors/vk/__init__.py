"""VK: comments, discussions and direct messages of a community, its posts and their figures."""

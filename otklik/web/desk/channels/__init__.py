"""What the card tells of the channel the citizen wrote in."""

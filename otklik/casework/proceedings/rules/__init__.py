"""What the law allows, as pure functions of facts."""

"""The door for services that send events by themselves."""

"""Components of the look; importing a module registers its tags in the library."""

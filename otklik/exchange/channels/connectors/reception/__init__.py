"""Personal reception: the answer is told or handed over, staff mark it."""

"""What breaks in the real process, and what must survive it."""

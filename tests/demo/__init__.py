"""The demo, as a newcomer starts and leaves it."""

"""The chat companion of a bilateral working group."""

"""The chat page, looked at in a real browser."""

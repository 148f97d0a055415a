"""The sandbox held to what the real server is known to do."""

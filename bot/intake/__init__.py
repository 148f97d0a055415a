"""From the messenger into the inbox, and from there through one unit of work."""

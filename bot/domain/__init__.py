"""The rules of a working group, pure: no network, no database, no clock."""

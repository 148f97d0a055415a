"""From an update to an answer, and back again after a fault."""

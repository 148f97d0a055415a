"""One function for each act of a member, secretary or clock."""

"""What people see: domain values made into text and buttons, with no messenger in sight."""

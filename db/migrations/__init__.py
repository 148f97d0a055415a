"""The schema's history, one step a release; walked up, down and up again by a test."""

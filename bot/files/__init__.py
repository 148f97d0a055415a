"""Files that offices send, read into values and checked cell by cell."""

"""The database: the only room where SQL is written."""

"""The database under the house: its writer, its schema, its queries."""

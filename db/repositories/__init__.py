"""The questions asked of the database, one module an aggregate; none of them commits."""

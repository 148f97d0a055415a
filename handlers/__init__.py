"""Callbacks: what a person did, read, acted on and answered."""

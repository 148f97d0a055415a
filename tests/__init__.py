"""What users and operators may rely on, shown to hold."""

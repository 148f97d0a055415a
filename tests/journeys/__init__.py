"""What people do, through the sandbox and the real application."""

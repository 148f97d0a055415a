"""From the outbox to the messenger, through its faults."""

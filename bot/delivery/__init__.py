"""From the outbox to the messenger: the only room that sends."""

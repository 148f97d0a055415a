"""A local messenger: people, chats and the Bot API over HTTP, for the demo and for tests."""

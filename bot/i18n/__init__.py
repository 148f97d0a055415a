"""The only door to languages: words, dates, numbers, direction and what people type."""

"""P: words that a lay reader understands."""

"""E: what every item must say."""

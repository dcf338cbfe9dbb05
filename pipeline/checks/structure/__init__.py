"""E: what every item must tell."""

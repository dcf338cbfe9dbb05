"""H: words that promise more than the evidence holds."""

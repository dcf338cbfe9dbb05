"""Which entries tell of the same thing, and which of them leads."""

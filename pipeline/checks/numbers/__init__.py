"""N: every number stands in the source."""

"""The verbs, a page each: each reads, decides by pure functions, and writes."""

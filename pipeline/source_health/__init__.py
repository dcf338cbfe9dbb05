"""How each source has been, and what an editor can do about it."""

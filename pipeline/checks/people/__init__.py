"""S and W: who signed, who is quoted, who sells; waivers."""

"""What an entry is about, how strong it is, which entries are one story, what moved, how sources are. Pure."""

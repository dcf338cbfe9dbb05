"""Reading ease: how hard the words are, which of them a lay reader doesn't know, and whether a text speaks of a topic."""

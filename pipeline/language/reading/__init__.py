"""Reading ease: how hard the words are, which of them a lay reader doesn't know, and what abbreviations stand for."""

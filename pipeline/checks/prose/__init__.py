"""Reading prose right: folded text with its offsets, sentences, and the context a word stands in. Knows no rule."""

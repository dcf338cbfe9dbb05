"""Text with places: normalised, cut into sentences, its numbers, its terms, and the context a word stands in."""

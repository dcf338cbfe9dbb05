"""The nouns of the house as frozen values, a module a noun."""

"""What a registry says of a study over time: identity, differences, history, and what is news."""

"""What kinds share: pure functions on bytes, text, dates and identities. No kinds in here."""

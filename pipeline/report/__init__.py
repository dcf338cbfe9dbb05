"""Values as text, CSV, JSON and SARIF: what the commands print."""

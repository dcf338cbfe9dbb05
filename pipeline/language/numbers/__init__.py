"""Numbers in running text: read with their kind and place, compared in any normal form, and traced to where they stand."""

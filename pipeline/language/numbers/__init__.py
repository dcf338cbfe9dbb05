"""Numbers in running text: read with their sort and place, compared in any normal form, traced to where they stand."""

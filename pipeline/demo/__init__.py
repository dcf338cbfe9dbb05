"""`hope demo`: two fictional months over real HTTP on the own machine, so that the whole flow is seen to work."""

"""The language of equations: text becomes a tree, a tree becomes text in several languages."""

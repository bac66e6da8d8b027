"""The live parts: what people move, draw and answer in a notebook."""

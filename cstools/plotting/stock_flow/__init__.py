"""Stock-flow diagrams from plain values: where everything stands, and how it is drawn."""

"""Causal maps: written as text, drawn, searched for their loops; nothing here knows a stock."""

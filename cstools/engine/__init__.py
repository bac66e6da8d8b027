"""Ordered equations become numbers; nothing here knows what a stock is."""

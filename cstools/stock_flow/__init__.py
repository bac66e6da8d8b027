"""Stocks and flows: the model a person writes, its runs, and the files it is kept in."""

"""Panels, portfolios, signatures, and who helps in the next cycle."""

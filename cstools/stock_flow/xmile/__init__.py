"""XMILE files: the field's standard, read and written with equation text untouched."""

"""Maps of other programs: one file for each format, all to and from the same plain values."""

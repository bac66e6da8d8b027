"""Who has a seat, who waits, who is refused, each with its reason, and the letters that say so."""

"""Who is whose buddy: pairs and trios across sites, exact, explained, checked again."""

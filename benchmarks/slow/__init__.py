"""How soon she can use a page on a cheap phone far from the mast."""

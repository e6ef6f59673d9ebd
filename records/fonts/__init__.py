"""The fonts of our papers, and how they were made (subset.py)."""

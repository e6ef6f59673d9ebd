"""The papers of a case: what they are, what they say, when they are issued, and who may read them."""

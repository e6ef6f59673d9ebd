"""Policies: their versions, drafts, what a draft would do, and its publication by two people."""

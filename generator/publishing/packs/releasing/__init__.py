"""Freezes what a vendor gets, and builds it again."""

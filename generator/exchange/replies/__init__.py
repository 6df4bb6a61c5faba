"""Replies in text files and rich text, and the blanks in them."""

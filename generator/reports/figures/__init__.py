"""The lead's numbers as text, JSON and a page of one file."""

"""The Markdown of every page."""

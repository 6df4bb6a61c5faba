"""Markdown policies: their sections, links and history."""

"""Reads what was written: a second net below everything that makes pages, and the content policy that they need."""

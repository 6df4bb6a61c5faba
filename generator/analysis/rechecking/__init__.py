"""Judging again: what was found is kept with what it follows from, and after an edit only the rest is judged."""

"""Completions that a learning system exported: who finished which course, when, and how."""

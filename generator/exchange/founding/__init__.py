"""Founds a knowledge base: a few answers become its words, its settings, and examples that teach."""

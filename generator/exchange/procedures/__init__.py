"""Procedures that others wrote in Markdown or Word: their outline, fields, steps and links, as SOPs."""

"""Turns structured trust and safety procedures into a checked site and audience-safe vendor packs."""

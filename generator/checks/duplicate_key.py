"""A key appears twice in one mapping.

YAML readers silently keep one of the two, and often not the one that you meant.

Bad:
    severity: S2
    severity: S3

Good:
    severity: S2
"""

"""A key stands twice in one mapping.

YAML readers keep one of the two in silence, and seldom the one that you meant.

Bad:
    severity: S2
    severity: S3

Good:
    severity: S2
"""

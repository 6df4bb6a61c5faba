"""A value has the wrong format for its key.

A list where a text belongs, a date that does not exist, an unknown status, an id with letters other than a to z. The
hint says what to write.

Bad:
    reviewed: 2026-02-30

Good:
    reviewed: 2026-02-28
"""

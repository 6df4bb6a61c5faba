"""A file is not one plain YAML mapping.

The place shown is where the YAML stopped making sense, so the error is there or on the line before. Tabs, merge
conflicts, tags (`!!int`), aliases (`*name`), several documents in one file and nesting of more than 100 levels are
refused, because people and programs read them differently.

Bad:
    summary: Note: the colon ends the text

Good:
    summary: "Note: quotes keep it together"
"""

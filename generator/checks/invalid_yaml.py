"""A file is not one plain YAML mapping.

The place shown is that of the line that most likely has to be edited. Tabs, merge conflicts, tags (`!!int`), anchors
and aliases (`&name`, `*name`), several documents in one file, characters that only look like spaces beside a key, a
dash or a value, and nesting of more than 100 levels are refused, because people and programs read them differently.

Bad:
    summary: Note: the colon ends the text

Good:
    summary: "Note: quotes keep it together"
"""

"""A file is not one plain YAML mapping.

The place is where the reader lost the thread, so the mistake is there or a line before. Tabs, merge
conflicts, tags (`!!int`), aliases (`*name`), several documents in one file and nesting of more than 100
levels are refused, because somebody always reads them differently.

Bad:
    summary: Note: the colon ends the text

Good:
    summary: "Note: quotes keep it together"
"""

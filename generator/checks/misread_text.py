"""A text is read as something other than what its author sees.

YAML takes ` #` for the beginning of a comment, and runs lines together: an entry of a list that is indented more than
the one above it becomes a part of that entry, and a list without `|` above it one long sentence. Put quotes around a
text that contains ` #`, write a text of several lines below `|`, and a comment on a line of its own.

Bad:
    title: Case #4: restore an account

Good:
    title: "Case #4: restore an account"
"""

"""A file has the keys of another type of document than the folder it is in.

The folder says what a document is. A procedure that was moved to `macros/`, or copied there to begin a reply, is no
reply; what it is can be seen by its keys.

Bad:
    macros/restore-account.yaml with `trigger` and `steps`

Good:
    sops/restore-account.yaml
"""

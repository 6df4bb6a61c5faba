"""A file cannot be read as text.

Its permissions forbid it, it is a link that leads out of the knowledge base, it is not a regular file, it is larger
than 2 MiB, or it was saved in an encoding other than UTF-8. Nothing in it is published.

Bad:
    sops/restore-account.yaml saved by an editor as UTF-16

Good:
    sops/restore-account.yaml saved as UTF-8
"""

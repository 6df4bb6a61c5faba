"""A file cannot be read as text.

It is missing its permission, a link that leads out of the knowledge base, not a plain file, larger than
2 MiB, or saved in an encoding other than UTF-8. Nothing in it is published.

Bad:
    sops/restore-account.yaml saved by an editor as UTF-16

Good:
    sops/restore-account.yaml saved as UTF-8
"""

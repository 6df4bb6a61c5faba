"""A document has a key that its type does not have.

Most are typing errors: the hint names the nearest key. `playbook schema TYPE` lists all of them.

Bad:
    sumary: The member lost the account.

Good:
    summary: The member lost the account.
"""

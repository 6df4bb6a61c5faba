"""A key that this type of document does not have.

Most are typing mistakes: the hint names the nearest key. `playbook schema TYPE` lists all of them.

Bad:
    sumary: The member lost the account.

Good:
    summary: The member lost the account.
"""

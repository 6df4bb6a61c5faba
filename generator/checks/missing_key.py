"""A key that this type of document requires is missing, or has no value.

Bad:
    title: Restore an account
    owner:

Good:
    title: Restore an account
    owner: account-security
"""

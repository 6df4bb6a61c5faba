"""The replies of a Zendesk account, both ways."""

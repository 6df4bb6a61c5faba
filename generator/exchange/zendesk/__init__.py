"""The replies of a Zendesk account, imported and exported."""

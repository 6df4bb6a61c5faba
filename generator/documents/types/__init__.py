"""The types of documents: each is a module in this folder that defines `KIND`."""

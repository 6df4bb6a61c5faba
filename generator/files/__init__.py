"""Bytes: folders, git revisions, YAML with places, pictures, and the one writer."""

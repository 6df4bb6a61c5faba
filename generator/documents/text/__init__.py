"""The text in fields: prose in Markdown, the text of replies, and how similar two texts are."""

"""What stands in fields: prose in Markdown, the text of replies, and how alike two texts are."""

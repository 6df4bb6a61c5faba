"""Word files: the text, pictures and properties of a `.docx`, as Markdown."""

"""What makes pages of Markdown, and previews them."""

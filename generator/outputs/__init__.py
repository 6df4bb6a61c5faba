"""What is made of a library: a site, a pack. Both are Markdown first, and one builder turns it into pages."""

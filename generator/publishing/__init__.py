"""What is made of a library: a site, a pack. Both are Markdown first, and one builder turns it into pages."""


class BuildError(Exception):
    """Pages that could not be made, with the reasons; the last good result is still in its place."""

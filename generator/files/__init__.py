"""Files: folders, git repositories, YAML with places, pictures, the terminal, and the only code that writes."""

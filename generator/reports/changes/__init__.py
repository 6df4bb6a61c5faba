"""Reports on what is another in one tree than in another: for the terminal, for a pull request, for programs."""

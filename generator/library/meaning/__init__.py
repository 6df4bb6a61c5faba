"""What a change means to people who know a document as it was, why it was made, and which version says so."""

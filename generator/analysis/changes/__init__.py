"""What is another in one tree than in another, for whoever has to agree to it: documents, decisions, readers, packs."""

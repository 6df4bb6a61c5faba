"""The numbers by which a lead sees how the knowledge base is kept, and how they moved."""

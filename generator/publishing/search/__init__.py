"""Search: what each document has for it, the pieces of its index, and the engine that makes and asks them."""

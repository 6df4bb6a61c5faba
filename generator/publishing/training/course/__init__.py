"""The course of a pack: its modules in order, what is practised and asked in each, and the page that holds it."""

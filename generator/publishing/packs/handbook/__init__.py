"""The pages of a pack as a book: taken from the written pages, bound with contents and an index, and printed."""

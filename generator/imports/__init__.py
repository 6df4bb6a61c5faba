"""Foreign formats, one module each: in go files as others write them, out come documents of ours. Reads no disk."""

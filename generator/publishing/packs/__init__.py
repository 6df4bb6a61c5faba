"""What vendors train with."""

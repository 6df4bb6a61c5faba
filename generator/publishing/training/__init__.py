"""What a pack teaches and asks: knowledge checks that follow from its decisions and their golden cases."""

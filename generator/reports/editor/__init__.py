"""What an editor is told while somebody writes: findings, what fits, what is cited, where it is, and edits."""

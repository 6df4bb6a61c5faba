"""Decision trees and tables as graphs: what can be reached, what is missing, what changed, proven."""

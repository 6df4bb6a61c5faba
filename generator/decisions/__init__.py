"""Decision trees and tables as graphs: what can be reached, what is missing and what has changed, with proof."""

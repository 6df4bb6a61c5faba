"""What follows from a library: upcoming work, what rests on a policy, how healthy it is, what a review records."""

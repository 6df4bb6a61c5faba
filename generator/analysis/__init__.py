"""What follows from a library: what will need work, what rests on a policy, its health, what a review records."""

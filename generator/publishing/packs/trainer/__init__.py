"""What a trainer has beside the pack, and no trainee sees: the key, cases to calibrate with, rubrics, a plan."""

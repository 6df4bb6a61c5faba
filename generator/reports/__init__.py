"""What people and programs are told: findings, forecasts, what rests on a policy, what a review shows."""

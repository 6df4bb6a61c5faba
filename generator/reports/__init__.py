"""Reports for people and programs: findings, forecasts, impact, comparisons, reviews, case notes."""

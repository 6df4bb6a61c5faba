"""Decisions as others keep them: tables in spreadsheets, and flowcharts."""

"""Turns structured trust and safety procedures into a checked site and audience-safe vendor packs."""

DISTRIBUTION = "trust-safety-playbook"  # what it is installed as: another project has the name of the command
VERSION = "0.1.0"

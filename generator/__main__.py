"""Lets `python -m generator` stand in for `playbook`."""

from generator.cli import program

if __name__ == "__main__":
    program()

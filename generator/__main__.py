"""Lets `python -m generator` stand in for `playbook`."""

from generator.cli import run

if __name__ == "__main__":
    run()

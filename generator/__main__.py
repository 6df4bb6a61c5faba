"""Lets `python -m generator` stand in for `playbook`."""

from generator.cli import main

if __name__ == "__main__":
    main()

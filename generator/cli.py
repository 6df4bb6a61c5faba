"""The command line: collects the commands, one module each."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

import click

from generator.commands import Commands
from generator.documents.days import settle_zone
from generator.files import terminal
from generator.reports import fault


class Playbook(Commands):
    """All commands, behind the guard that keeps a terminal from obeying what is printed."""

    def main(self, *words: Any, **options: Any) -> Any:
        with terminal.guarded():
            return super().main(*words, **options)

    def invoke(self, context: click.Context) -> Any:
        """Keeps a usage error on one line, even where it echoes an argument with control characters."""
        try:
            return super().invoke(context)
        except click.UsageError as error:
            error.message = terminal.disarm_line(error.message)  # type: ignore[misc]
            raise


ENDINGS = {"SIGTERM", "SIGHUP"}


@click.group(
    cls=Playbook,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="playbook", prog_name="playbook")
def main() -> None:
    """Check and publish the procedures of a trust and safety team."""


def program() -> None:
    """Runs the program and exits at once, instead of first freeing a library of a million objects."""
    _open_streams()
    _end_in_order()
    settle_zone()
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        held = end  # noqa: F841 - with its frames, and the library in these, which would be freed here
    except KeyboardInterrupt:
        code = 1
    except BaseException as error:
        code = fault.EXIT
        with terminal.guarded(), suppress(OSError):
            click.echo(fault.fault_line(error), err=True)
    with suppress(OSError):  # the reader may be gone, as after `| head`
        sys.stdout.flush()
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def _end_in_order() -> None:
    """However it is asked to end, it removes what it had begun, as with Ctrl+C."""
    for ending in (one for one in signal.Signals if one.name in ENDINGS):
        if signal.getsignal(ending) != signal.SIG_IGN:  # `nohup` ignores SIGHUP
            signal.signal(ending, signal.default_int_handler)


def _open_streams() -> None:
    """Opens the null device for streams that the caller closed: the next file opened would get their number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    program()

"""The command line; `arnorm.cli.parser` lists the commands.

`main` parses, runs one command and turns errors into messages and exit codes. A command is a module with
``add(commands)``, which adds its parser; a command that runs a pipeline over files uses `arnorm.cli.running`.
Nothing imports this package but the entry point, and nothing heavy is imported before a command asks for it.
"""

from __future__ import annotations

TYPE_CHECKING = False  # nothing is imported before `main` can answer Ctrl-C
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line *argv* (by default the arguments of the process) and return its exit code.

    The codes are those of `arnorm.cli.exits`. A reader that closes the pipe early is no error.
    """
    try:
        from arnorm import console
        from arnorm.cli import parser
        from arnorm.cli.exits import Exit, exit_of, terminated_politely
        from arnorm.files.errors import UsageError
    except KeyboardInterrupt:  # while the program starts
        return 130
    args = None
    try:
        with terminated_politely():
            try:
                args = parser.parsed(argv)
            except SystemExit as asked:  # --help, --version, or a usage error that has been printed
                return asked.code if isinstance(asked.code, int) else Exit.USAGE
            status = int(args.run(args))
            console.flush()
            return status
    except BrokenPipeError:
        console.abandon()
        return Exit.OK
    except KeyboardInterrupt:
        console.abandon()
        return Exit.INTERRUPTED
    except Exception as error:
        status = exit_of(error)
        if status:
            if isinstance(error, UsageError) and args is not None:
                console.say_to(None, args.usage())  # as argparse does for options that it does not know
            console.complain(error)
        else:
            console.complain_of_fault(error)
        console.abandon()
        return status or Exit.SOFTWARE

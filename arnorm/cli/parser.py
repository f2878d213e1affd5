"""The parser of the command line, put together from the commands, and what they make of its arguments."""

from __future__ import annotations

import os
import sys
from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import fields
from importlib import import_module
from typing import Any, TypeVar

from arnorm import __version__, console
from arnorm.cli.exits import Exit
from arnorm.formats.encodings import Encoding, UnknownEncodingError, encoding_of

#: The commands, each with the module of `arnorm.cli.commands` that adds it; in the order in which they are listed.
COMMANDS = {
    "normalize": "normalize",
    "repair": "repair",
    "explain": "explain",
    "suggest": "suggest",
    "passes": "listing",
    "profiles": "listing",
    "export": "export",
    "evaluate": "evaluate",
    "train": "train",
}


class Once(Action):
    """Takes the value of an option that has one; given twice, it is an error, for one of them would be ignored."""

    def __call__(self, parser: ArgumentParser, args: Namespace, value: Any, option: str | None = None) -> None:
        given = vars(args).setdefault("given", set())
        if option is not None and self.dest in given:
            parser.error(f"argument {option}: given twice, and only one can be meant")
        given.add(self.dest)
        setattr(args, self.dest, value)


class Parser(ArgumentParser):
    """Prints in UTF-8 whatever the locale, keeps the layout of examples, and ignores no option."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": RawDescriptionHelpFormatter, "allow_abbrev": False, **options})
        self.register("action", None, Once)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """What is left over is an error here, in the parser of the command, whose usage is shown with it."""
        parsed, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return parsed, rest

    def _print_message(self, message: str, file: Any = None) -> None:
        console.say_to(file, message)


def module_of(command: str) -> Any:
    """The module that adds a *command*."""
    return import_module(f"arnorm.cli.commands.{COMMANDS[command]}")


def build(command: str | None = None) -> Parser:
    """The parser of all commands, or of one *command* alone: the others need not be imported to run it.

    >>> build("suggest").parse_args(["suggest", "ان", "--limit", "2"]).limit
    2
    """
    parser = Parser(
        prog="arnorm",
        description="Cleans, normalizes and repairs Arabic text. Every change can be traced.",
        epilog="arnorm COMMAND --help has the options and examples of a command.",
    )
    parser.add_argument("--version", action="version", version=f"arnorm {__version__}")
    parser.set_defaults(run=lambda _: _no_command(parser), usage=parser.format_usage)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for module in dict.fromkeys(map(module_of, [command] if command in COMMANDS else COMMANDS)):
        module.add(commands)
    for each in commands.choices.values():
        each.set_defaults(usage=each.format_usage)
    return parser


def parsed(argv: Sequence[str] | None) -> Namespace:
    """The arguments of the command line *argv*, by default of the process.

    Raises `SystemExit` after ``--help``, ``--version`` and errors of usage, which are printed. Where the shell asks
    what a line can go on with (argcomplete), that is answered instead.
    """
    given = sys.argv[1:] if argv is None else [*argv]
    if "_ARGCOMPLETE" in os.environ:
        _complete(build())
    return build(given[0] if given else None).parse_args(given)


def _complete(parser: Parser) -> None:
    """Answer the shell, and leave; nothing where argcomplete is not installed."""
    with suppress(ImportError):
        import argcomplete

        _complete_names(parser)
        argcomplete.autocomplete(parser)


def _complete_names(parser: ArgumentParser) -> None:
    """Say which names the options of *parser*, and of its commands, take."""
    for action in parser._actions:
        if isinstance(action.choices, dict):  # the commands
            for command in action.choices.values():
                _complete_names(command)
        elif action.dest in _NAMES:
            action.completer = _NAMES[action.dest]  # type: ignore[attr-defined]


def _profiles(**_: Any) -> list[str]:
    from arnorm.profiles import all_profiles

    return [profile.full_name for profile in all_profiles()]


def _passes(**_: Any) -> list[str]:
    from arnorm.passes import catalogue

    return [entry.name for entry in catalogue()]


def _policies(**_: Any) -> list[str]:
    from arnorm.spelling import POLICIES

    return [*POLICIES]


#: By the destination of an option, what gives the names that it takes.
_NAMES: dict[str, Callable[..., list[str]]] = {
    "profile": _profiles,
    "passes": _passes,
    "without": _passes,
    "policy": _policies,
}


def _no_command(parser: Parser) -> int:
    parser.print_help(sys.stderr)
    return Exit.USAGE


T = TypeVar("T")


def taken(kind: type[T], args: Namespace) -> T:
    """The arguments of a command as a *kind* of dataclass, whose fields have the names of the options.

    >>> from arnorm.cli.pipelines import PipelineArguments
    >>> taken(PipelineArguments, Namespace(without=["fold_alef"], another=True)).without
    ['fold_alef']
    """
    given = vars(args)
    return kind(**{each.name: given[each.name] for each in fields(kind) if each.name in given})  # type: ignore[arg-type]


def runs(parser: ArgumentParser | Any, kind: type[T], run: Callable[[T], int]) -> None:
    """Have the command of *parser* run by *run*, with its arguments as a *kind* of dataclass."""
    parser.set_defaults(run=lambda args: run(taken(kind, args)))


def input_encoding(spec: str) -> Encoding:
    """The encoding of input (`encoding_of`), for argparse."""
    return _named(spec, output=False)


def output_encoding(spec: str) -> Encoding:
    """The encoding of output, for argparse."""
    return _named(spec, output=True)


def _named(spec: str, *, output: bool) -> Encoding:
    """The encoding called *spec*; an error that argparse shows where there is none."""
    try:
        return encoding_of(spec, output=output)
    except UnknownEncodingError as error:
        raise ArgumentTypeError(str(error)) from error

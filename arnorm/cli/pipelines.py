"""Which pipeline: a profile, or passes by name, less some, around what is protected; or a repairer."""

from __future__ import annotations

import ast
import json
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from arnorm.console import argument
from arnorm.core import Pass, Pipeline
from arnorm.errors import (
    InvalidLexiconError,
    InvalidPassError,
    InvalidRecipeError,
    MissingPackageError,
    UndecodableInputError,
    UnknownNameError,
)
from arnorm.files.errors import DataError, UsageError
from arnorm.formats.encodings import UTF8
from arnorm.literals import SpanName

if TYPE_CHECKING:
    from arnorm.repairer import Repairer


@dataclass(frozen=True)
class PipelineArguments:
    """Which pipeline: the arguments that `add_pipeline_options` adds."""

    steps: Sequence[tuple[str, Any]] = ()  #: ("profile" or "passes", its name), in the order in which they are given
    config: str | None = None  #: the file of a recipe
    without: Sequence[str] = ()  #: names of passes
    protect: Sequence[str] = ()  #: kinds of span, joined by commas


def add_pipeline_options(parser: ArgumentParser) -> None:
    """The options that choose a pipeline; `chosen` reads them."""
    group = parser.add_argument_group("what to do")
    group.add_argument(
        "-p", "--profile", action=_AddStep, type=argument, metavar="PROFILE",
        help="profile, such as clean (default) or search.v1",
    )  # fmt: skip
    group.add_argument(
        "--pass", dest="passes", action=_AddStep, type=argument, metavar="PASS",
        help="a pass, such as fold_alef or 'squeeze_elongation(most=1)', instead of a profile, or before or behind it; "
        "repeat for more",
    )  # fmt: skip
    group.add_argument(
        "--config", metavar="FILE", help="a recipe: names of profiles and passes, as .json, .toml or .yaml"
    )
    parser.add_argument(
        "--without", action="append", default=[], metavar="PASS", help="leave out this pass; may repeat"
    )
    parser.add_argument(
        "--protect", action="append", default=[], type=argument, metavar="KINDS",
        help="leave these byte for byte: urls, emails, mentions, hashtags, code, numbers; joined by commas",
    )  # fmt: skip


class _AddStep(Action):
    """Takes a profile, once, or a pass: what is given runs in the order in which it is given."""

    def __call__(self, parser: ArgumentParser, args: Namespace, value: Any, option: str | None = None) -> None:
        steps = list(getattr(args, "steps", ()))
        if self.dest == "profile" and any(kind == "profile" for kind, _ in steps):
            parser.error(f"argument {option}: given twice, and only one can be meant")
        args.steps = [*steps, (self.dest, value)]


def chosen(args: PipelineArguments) -> Pipeline:
    """The pipeline that *args* ask for. Raises `UnknownNameError`, with a suggestion."""
    from arnorm.profiles import profile

    steps = args.steps  # with names that `profile` and `_pass` have still to look up
    if args.config is not None:
        if steps:
            raise UsageError("--config is a whole recipe; not with -p or --pass")
        pipeline = _configured(args.config)
    elif len(steps) == 1 and steps[0][0] == "profile":
        pipeline = profile(steps[0][1])
    else:
        pipeline = Pipeline(profile(spec) if kind == "profile" else _pass(spec) for kind, spec in steps or [_DEFAULT])
    for name in args.without:
        pipeline = pipeline.without(name)
    return pipeline.protecting(*protected(args.protect))


_DEFAULT: tuple[str, Any] = ("profile", "clean")


def _configured(path: str) -> Pipeline:
    """The pipeline of a file that holds a recipe. Raises `DataError` for what is none, naming the file."""
    from arnorm.recipes import pipeline

    with open(path, "rb") as file:
        packed = file.read()
    try:
        return pipeline(_parsed(path, packed))
    except UnknownNameError as error:
        raise DataError(f"{path}: {error}") from None
    except (InvalidRecipeError, ValueError) as error:
        raise DataError(f"{path}: {error}") from error


def _parsed(path: str, packed: bytes) -> Any:
    """What a file of a recipe holds: JSON, or TOML or YAML where the name at *path* says so.

    Raises `ValueError` for what is not in that language, `MissingPackageError` for YAML without PyYAML.
    """
    if path.endswith((".yaml", ".yml")):
        try:
            import yaml
        except ImportError:
            raise MissingPackageError("PyYAML", "yaml") from None
        try:
            return yaml.safe_load(packed)
        except yaml.YAMLError as error:
            raise ValueError(f"no YAML: {error}") from error
    if path.endswith(".toml"):
        import tomllib

        return tomllib.loads(packed.decode())
    return json.loads(packed)


def protected(specs: Sequence[str]) -> list[SpanName]:
    """The kinds of span that *specs*, of ``--protect``, name. Raises `UsageError` for one that names none.

    >>> protected(["urls, hashtags", "code"])
    ['urls', 'hashtags', 'code']
    """
    kinds = []
    for spec in specs:
        named = [kind.strip() for kind in spec.split(",") if kind.strip()]
        if not named:
            raise UsageError(f"--protect {spec!r} names nothing to protect; such as urls,hashtags")
        kinds += named
    return cast(list[SpanName], kinds)  # `protecting` looks them up


def _pass(spec: str) -> Pass:
    """The pass of ``name`` or ``name(key=value, ...)``, values being numbers, strings or lists of them."""
    from arnorm.passes import get

    name, bracket, _ = spec.partition("(")
    if not bracket:
        return get(spec.strip())
    try:
        call = ast.parse(spec.strip(), mode="eval").body
        if not isinstance(call, ast.Call) or call.args:
            raise ValueError("the arguments need their names")
        values = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords}
    except (SyntaxError, ValueError) as error:
        raise InvalidPassError(f"{spec}: not of the form {name}(key=value): {error}") from error
    return get(name.strip(), **values)


@dataclass(frozen=True)
class RepairerArguments:
    """Which repairer: the arguments that `add_model_options` and `add_policy_option` add."""

    policy: Any = None  #: the name of one; `Repairer` looks it up
    model: str | None = None
    lexicon: str | None = None  #: a file of words


def add_model_options(parser: ArgumentParser | Any) -> None:
    """The options that choose a repairer; `loaded` reads them."""
    parser.add_argument("--model", metavar="M", help="a model that `arnorm train` wrote, instead of arnorm's own")
    parser.add_argument(
        "--lexicon", metavar="FILE", help="words to know and leave alone: UTF-8, one a line, # begins a comment"
    )


def add_policy_option(parser: ArgumentParser | Any) -> None:
    """``--policy``; `loaded` reads it."""
    parser.add_argument(
        "--policy", type=argument, metavar="P", help="how sure to be: safe (default), balanced or thorough"
    )


def loaded(args: RepairerArguments) -> Repairer:
    """The repairer that *args* ask for.

    Raises `UnknownNameError` for a policy that does not exist, a `ModelError` for a file that is no sound model,
    `DataError` for a lexicon that is none, and `OSError` where there is nothing to read.
    """
    from arnorm.repairer import Repairer  # what changes text by a pipeline needs none

    words = [*_lexicon(args.lexicon)] if args.lexicon is not None else []
    return Repairer.load(args.model, args.policy or "safe", words)


def _lexicon(path: str) -> Iterator[str]:
    """The words of a lexicon, one a line. Raises `DataError`, with the line, for what is no Arabic word or no UTF-8."""
    from arnorm.cli.inputs import batches
    from arnorm.words import entry

    for batch in batches([path], UTF8):
        for number, line in enumerate(batch.lines, batch.number):
            try:
                yield entry(line)
            except InvalidLexiconError as error:
                place = f"{batch.name}: line {number}"
                raise DataError(f"{place}: {error.entry!r} is not one Arabic word; write one word a line") from None
        if isinstance(batch.error, UndecodableInputError):
            bad = batch.error
            place = f"{bad.name}: line {bad.line}, byte {bad.offset}"
            looks = f" (it looks like {bad.guess})" if bad.guess else ""
            raise DataError(f"{place} (0x{bad.byte:02x}) is not UTF-8{looks}; convert it first")
        if batch.error is not None:
            raise batch.error

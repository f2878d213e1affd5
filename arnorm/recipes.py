"""Pipelines as plain data: as people write them (`pipeline`), and as JSON and back (`dumps`, `loads`).

A ready-made pass is written by its name and arguments, a pass of yours by its table or pattern. A pass that runs
a function of yours has no JSON form; it is named, and given to `loads` again by name. `schema` describes the format to
editors.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast, get_args

from arnorm import passes
from arnorm.core import CharMap, Composable, Form, Pass, Pipeline, Protected, Rewrite
from arnorm.errors import (
    ArnormError,
    InvalidPassError,
    InvalidRecipeError,
    NotSerializableError,
    UnknownNameError,
    text_of,
)
from arnorm.literals import PolicyName, ProfileName, SpanName
from arnorm.passes._aliases import meant
from arnorm.portable import Chars, Kept, Put, Repeats, Search
from arnorm.profiles import all_profiles, profile
from arnorm.spans import compile_pattern

#: The version of the format of recipes, which `dumps` writes and `loads` asks for.
_VERSION = 1
#: Characters of a recipe, passes of it, pipelines in pipelines, and characters that tables make of one: far above what
#: a pipeline has that somebody made for text, and far below what a machine cannot hold.
_LONGEST, _MOST_PASSES, _DEEPEST, _MOST_OF_ONE = 4_000_000, 1_000, 20, 1_000

#: Groups in groups of a pattern: the parser of patterns takes a level of the stack for each.
_MOST_GROUPS = 100

T = TypeVar("T")


def dumps(pipeline: Composable, *, indent: int | None = None) -> str:
    """*pipeline* as JSON text; `loads` gives an equal one back.

    Raises `NotSerializableError` for a pass that holds a function of yours (a `Custom`, a `Judge`, a `Rewrite`
    with a function), naming it.

    >>> from arnorm import passes
    >>> print(dumps(passes.fold_alef | passes.mask_urls("<url>")))
    {"arnorm": 1, "passes": ["fold_alef", {"pass": "mask_urls", "args": {"token": "<url>"}}]}
    """
    if indent is not None and type(indent) is not int:
        raise TypeError(f"indent is a number of spaces, not {type(indent).__name__}")
    return json.dumps({"arnorm": _VERSION, "passes": _listed(Pipeline((pipeline,)))}, ensure_ascii=False, indent=indent)


def loads(text: str | bytes, *, custom: Mapping[str, Pass] | None = None) -> Pipeline:
    """The pipeline that `dumps` wrote as *text*.

    *custom* gives passes of yours by name; they take precedence over ready-made ones. Raises
    `InvalidRecipeError` for JSON that is no pipeline, `UnknownNameError` for a pass or a span that this version does
    not have. Nothing is imported or run that the JSON names, and everything is checked now, not at the first text. A
    recipe of more than four million characters or a thousand passes, one nested more than twenty deep, and tables that
    make more than a thousand characters of one, are refused.

    What a recipe cannot be checked for is how long its patterns take: where it comes from somebody whom you do not
    trust with code, refuse those that hold "rewrite" or a span with a "pattern".

    >>> loads('{"arnorm": 1, "passes": ["strip_tatweel"]}')("قــال")
    'قال'
    """
    if len(text_of(text, "loads")) > _LONGEST:
        raise InvalidRecipeError(f"a recipe of more than {_LONGEST} characters; no pipeline is as long")
    try:
        data = json.loads(text)
        listed, version = data["passes"], data["arnorm"]
        if type(version) is not int or version != _VERSION:
            raise InvalidRecipeError(f"written by another version: {version!r}, this one reads {_VERSION}")
    except InvalidRecipeError:
        raise
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InvalidRecipeError(f"not a pipeline written by arnorm.dumps: {error!r}") from error
    return _made(listed, custom)


def pipeline(recipe: str | Sequence[Any] | Mapping[str, Any], *, custom: Mapping[str, Pass] | None = None) -> Pipeline:
    """The pipeline that *recipe* describes, as people write it by hand, in Python, JSON, YAML or TOML.

    A recipe is the name of a profile or a pass, or a list of steps, or a mapping with such a list as "passes" and, if
    need be, what to leave alone as "protect". A step is a name, a name with its arguments (``{"mask_urls": {"token":
    "<url>"}}``), a recipe around protected spans (``{"protecting": ["urls"], "passes": [...]}``), or whatever `dumps`
    writes. *custom* gives passes of yours by name. Raises `UnknownNameError` or `InvalidRecipeError`, which say where
    in the recipe. The limits are those of `loads`.

    >>> pipeline(["search", {"mask_urls": {"token": "<url>"}}])("إلى https://example.com")
    'الي <url>'
    >>> pipeline({"passes": ["fold_teh_marbuta"], "protect": ["hashtags"]})("مدرسة #مدرسة")
    'مدرسه #مدرسة'
    >>> pipeline([{"mask_urls": {"tokn": "<url>"}}])
    Traceback (most recent call last):
    arnorm.errors.InvalidRecipeError: passes[0]: mask_urls: no argument is named 'tokn'; did you mean 'token'?
    """
    if isinstance(recipe, str):
        recipe = [recipe]
    given = dict(recipe) if isinstance(recipe, Mapping) else {"passes": recipe}
    _only(given, ("arnorm", "passes", "protect", "$schema"))
    if given.get("arnorm", _VERSION) != _VERSION:
        raise InvalidRecipeError(f"written by another version: {given['arnorm']!r}, this one reads {_VERSION}")
    if "passes" not in given:
        raise InvalidRecipeError("a recipe has its steps under 'passes'")
    made = _made(given["passes"], custom)
    spans = [_span(span) for span in _of_type(_plain(given.get("protect", [])), list, "protect")]
    return made.protecting(*spans) if spans else made


def _made(listed: Any, custom: Mapping[str, Pass] | None) -> Pipeline:
    """The pipeline that a recipe lists. Raises `InvalidRecipeError` for whatever is wrong with it, of any type."""
    try:
        made = _Reader(custom or {}).pipeline(listed, 0)
    except (UnknownNameError, InvalidRecipeError):
        raise
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise InvalidRecipeError(f"not a recipe of a pipeline: {error!r}") from error
    _check_growth(made)
    return made


def schema() -> dict[str, Any]:
    """The JSON schema of recipes, for editors that complete and check them: every profile and pass, with arguments.

    >>> schema()["$defs"]["mask_urls"]["properties"]["token"]
    {'type': 'string', 'default': '[رابط]'}
    """
    factories = {
        entry.name: inspect.signature(getattr(passes, entry.name)) for entry in passes.catalogue() if entry.factory
    }
    arguments = {name: _schema_of(signature) for name, signature in factories.items()}
    named = [profile.full_name for profile in all_profiles()] + sorted({profile.name for profile in all_profiles()})
    nothing = {"type": ["object", "null"], "maxProperties": 0}
    with_arguments = {entry.name: {"anyOf": [nothing]} for entry in passes.catalogue()}
    for name in factories:
        with_arguments[name]["anyOf"].append({"$ref": f"#/$defs/{name}"})
    steps = {
        "anyOf": [
            {"enum": named + [entry.name for entry in passes.catalogue()]},
            {"type": "object", "properties": with_arguments, "additionalProperties": False, "maxProperties": 1},
            {"type": "object", "required": ["protecting", "passes"]},
            *({"type": "object", "required": [kind]} for kind in _KINDS),
        ]
    }
    listed = {"type": "array", "items": {"$ref": "#/$defs/step"}}
    whole = {
        "passes": listed,
        "protect": {"type": "array"},
        "arnorm": {"const": _VERSION},
        "$schema": {"type": "string"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A pipeline of arnorm",
        "anyOf": [
            listed,
            {"type": "object", "properties": whole, "required": ["passes"], "additionalProperties": False},
        ],
        "$defs": {"step": steps, **arguments},
    }


#: What an argument of this name may be, where that is known: editors complete it.
_CHOICES = {"policy": PolicyName}
_JSON_TYPES = {str: "string", int: "integer", bool: "boolean", tuple: "array", float: "number"}


def _schema_of(signature: inspect.Signature) -> dict[str, Any]:
    fields = {
        name: {"type": _JSON_TYPES[type(p.default)], "default": [*p.default] if type(p.default) is tuple else p.default}
        for name, p in signature.parameters.items()
    }
    for name in fields.keys() & _CHOICES:
        fields[name]["enum"] = [*get_args(_CHOICES[name])]
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _listed(pipeline: Pipeline) -> list[Any]:
    return [_written(value) for value in pipeline.passes]


def _written(value: Pass) -> Any:
    """A pass as plain data: its name where it is ready-made, else all that it is. Raises `NotSerializableError`."""
    if _is_ready_made(value):
        return {"pass": value.name, "args": dict(value.args)} if value.args else value.name
    about = {"lossy": value.lossy, "summary": value.summary, "leaves": value.leaves}
    match value:
        case CharMap():
            return {"charmap": value.name, "table": dict(value.table), **about}
        case Form():
            return {"form": value.name, "to": value.form, **about}
        case Rewrite(steps=(Search() | Repeats() as step,), flags=0) if _is_made_of(step, value):
            return {"rewrite": value.name, **_plain_step(step), "needles": [*value.needles], **about}
        case Rewrite(replacement=str()):
            pattern = {"pattern": value.pattern, "flags": value.flags, "needles": [*value.needles]}
            return {"rewrite": value.name, **pattern, "replacement": value.replacement, **about}
        case Protected():
            spans = [s if isinstance(s, str) else {"pattern": s.pattern, "flags": int(s.flags)} for s in value.spans]
            return {"protecting": spans, "passes": _listed(value.inner)}
    raise NotSerializableError(
        f"{value.name} runs a function, which JSON cannot hold: pickle the pipeline, or leave the pass out and "
        "join it again with |"
    )


def _is_made_of(step: Search | Repeats, value: Rewrite) -> bool:
    return (step.pattern, step.template) == (value.pattern, value.replacement)


#: What may stand beside what a search finds.
_SIDES = ("behind", "not_behind", "ahead", "not_ahead")


def _plain_step(step: Search | Repeats) -> dict[str, Any]:
    if isinstance(step, Repeats):
        return {"repeats": _plain_part(step.chars), "least": step.least, "most": step.most}
    sides = {side: getattr(step, side) for side in _SIDES}
    return {"search": [*map(_plain_part, step.parts)], **{k: _plain_part(v) for k, v in sides.items() if v is not None}}


def _plain_part(part: str | Chars | Kept | Put) -> Any:
    if isinstance(part, str):
        return part
    if isinstance(part, Kept):
        return {"kept": [*map(_plain_part, part.parts)]}
    if isinstance(part, Put):
        return {"put": part.text}
    more = {"but": part.but, "negated": part.negated, "least": part.least, "most": part.most}
    return {"chars": part.inside, **{key: value for key, value in more.items() if value != _AS_IS[key]}}


#: What is not written of `Chars`, being so unless it is said.
_AS_IS = {"but": "", "negated": False, "least": 1, "most": 1}


def _is_ready_made(value: Pass) -> bool:
    try:
        return passes.get(value.name, **dict(value.args)) == value
    except ArnormError:
        return False


class _Reader:
    """Makes passes of plain data, and believes nothing of it."""

    def __init__(self, custom: Mapping[str, Pass]) -> None:
        self._custom = custom
        self._left = _MOST_PASSES

    def pipeline(self, listed: Any, depth: int, place: str = "passes") -> Pipeline:
        if depth > _DEEPEST:
            raise InvalidRecipeError(f"pipelines nested more than {_DEEPEST} deep")
        items = _of_type(_plain(listed), list, place)
        self._left -= len(items)
        if self._left < 0:
            raise InvalidRecipeError(f"more than {_MOST_PASSES} passes")
        return Pipeline([self._read_at(f"{place}[{i}]", item, depth) for i, item in enumerate(items)])

    def _read_at(self, place: str, item: Any, depth: int) -> Composable:
        """The step *item*; an error of it says the *place* in the recipe where it stands («[2].passes[0]»)."""
        try:
            return self._read(place, item, depth)
        except UnknownNameError as error:
            error.args = (error.args[0] if str(error).startswith(place) else f"{place}: {error}",)
            raise
        except (InvalidPassError, InvalidRecipeError) as error:
            said = str(error) if str(error).startswith(place) else f"{place}: {error}"
            raise InvalidRecipeError(said) from error

    def _read(self, place: str, item: Any, depth: int) -> Composable:
        """The step *item*: a name, a name with arguments, a pass in full, or passes around what is protected."""
        if isinstance(item, str):
            return self._named(item)
        left = dict(_of_type(_plain(item), dict, "a step"))
        for kind, make in _KINDS.items():
            if kind in left:
                return make(_of_type(left.pop(kind), str, "a name"), left)
        if "protecting" in left:
            _only(left, ("protecting", "passes"))
            spans = [_span(span) for span in _of_type(left["protecting"], list, "spans")]
            return self.pipeline(left["passes"], depth + 1, f"{place}.passes").protecting(*spans)
        if len(left) == 1:
            [(name, args)] = left.items()
            if isinstance(name, str):
                return self._named(name, **_of_type(_plain(args) or {}, dict, "arguments"))
        raise InvalidRecipeError(f"not a step: {item!r:.200}")

    def _named(self, name: str, **args: Any) -> Composable:
        """The pass or profile called *name*; the user's own come first, then profiles, then the catalogue."""
        if args:
            return passes.get(name, **args)
        if name in self._custom:
            return self._custom[name]
        if name in _profile_names():
            return profile(cast(ProfileName, name))
        try:
            return passes.get(name)
        except UnknownNameError as error:
            known = [*_profile_names(), *self._custom, *(entry.name for entry in passes.catalogue())]
            raise UnknownNameError("pass or profile", name, known, meant(name)) from error


@cache
def _profile_names() -> frozenset[str]:
    return frozenset(name for p in all_profiles() for name in (p.name, p.full_name))


def _plain(value: Any) -> Any:
    """A tuple as a list, and a mapping of another class as a dict: parsers of YAML and TOML have their own."""
    if isinstance(value, tuple):
        return [*value]
    return dict(value) if isinstance(value, Mapping) else [*value] if isinstance(value, list) else value


def _ready_made(name: str, given: dict[str, Any]) -> Composable:
    _only(given, ("args",))
    return passes.get(name, **_of_type(given["args"], dict, "arguments"))


def _charmap(name: str, given: dict[str, Any]) -> Composable:
    table = _of_type(given.pop("table"), dict, "a table")
    for key, value in table.items():
        _of_type(value, str, f"what {key!r:.200} becomes")
    return CharMap(name, table, **_about(given))


def _form(name: str, given: dict[str, Any]) -> Composable:
    return Form(name, given.pop("to"), **_about(given))


def _rewrite(name: str, given: dict[str, Any]) -> Composable:
    if "search" in given or "repeats" in given:
        step = _search(given) if "search" in given else _repeats(given)
        needles = tuple(_of_type(given.pop("needles", []), list, "needles"))
        return Rewrite.of(name, step, needles=needles, **_about(given))
    pattern = {key: given.pop(key) for key in ("pattern", "flags")}
    replacement = _of_type(given.pop("replacement"), str, "a replacement")
    needles = tuple(_of_type(given.pop("needles"), list, "needles"))
    _must_be_shallow(pattern["pattern"])
    return Rewrite(name, pattern["pattern"], replacement, needles=needles, flags=pattern["flags"], **_about(given))


def _search(given: dict[str, Any]) -> Search:
    parts = [_part(part) for part in _of_type(given.pop("search"), list, "a search")]
    return Search(*parts, **{side: _chars(given.pop(side)) for side in _SIDES if side in given})


def _repeats(given: dict[str, Any]) -> Repeats:
    least, most = (_of_type(given.pop(key), int, key) for key in ("least", "most"))
    return Repeats(_chars(given.pop("repeats")), least, most)


def _part(part: Any) -> str | Chars | Kept | Put:
    if isinstance(part, dict) and "kept" in part:
        _only(part, ("kept",))
        return Kept(*(one if isinstance(one, str) else _chars(one) for one in _of_type(part["kept"], list, "kept")))
    if isinstance(part, dict) and "put" in part:
        _only(part, ("put",))
        return Put(_of_type(part["put"], str, "what is put"))
    return part if isinstance(part, str) else _chars(part)


def _chars(given: Any) -> Chars:
    _only(_of_type(given, dict, "a set"), ("chars", *_AS_IS))
    more = {**_AS_IS, **given}
    inside, but = _of_type(more["chars"], str, "chars"), _of_type(more["but"], str, "but")
    negated, least = _of_type(more["negated"], bool, "negated"), _of_type(more["least"], int, "least")
    most = None if more["most"] is None else _of_type(more["most"], int, "most")
    return Chars(inside, but, negated=negated, least=least, most=most)


_KINDS = {"pass": _ready_made, "charmap": _charmap, "form": _form, "rewrite": _rewrite}


def _about(given: dict[str, Any]) -> dict[str, Any]:
    """What a pass says of itself: all that may be left of it."""
    kinds = {"lossy": bool, "summary": str, "leaves": str}
    _only(given, kinds)
    return {key: _of_type(value, kinds[key], key) for key, value in given.items()}


def _only(given: Iterable[str], known: Iterable[str]) -> None:
    unknown = [key for key in given if key not in known]
    if unknown:
        raise InvalidRecipeError(f"unknown: {', '.join(unknown):.200}")


def _span(span: Any) -> SpanName | re.Pattern[str]:
    if isinstance(span, str):
        return cast(SpanName, span)  # `protecting` looks it up
    _only(_of_type(span, dict, "a span"), ("pattern", "flags"))
    _must_be_shallow(span["pattern"])
    return compile_pattern("protecting", span["pattern"], span["flags"])


def _of_type(value: Any, wanted: type[T], what: str) -> T:
    if type(value) is not wanted:
        raise InvalidRecipeError(f"{what} should be of type {wanted.__name__}, not {value!r:.200}")
    return value


def _check_growth(pipeline: Pipeline) -> None:
    """Tables that follow each other are made one, and ten that each double a letter make a thousand of it."""
    sizes: dict[str, int] = {}
    for table in reversed([*_tables(pipeline)]):
        sizes.update({key: sum(sizes.get(c, 1) for c in value) for key, value in table.items()})
        if max(sizes.values(), default=0) > _MOST_OF_ONE:
            raise InvalidRecipeError(f"its tables make more than {_MOST_OF_ONE} characters of one")


def _tables(pipeline: Pipeline) -> Iterator[Mapping[str, str]]:
    for value in pipeline.passes:
        if isinstance(value, CharMap):
            yield value.table
        elif isinstance(value, Protected):
            yield from _tables(value.inner)


def _must_be_shallow(pattern: Any) -> None:
    """Raise `InvalidRecipeError` for groups that would use up the stack; what is no text is refused elsewhere."""
    depth = 0
    for bracket in re.findall(r"\\.|[()]", pattern, re.DOTALL) if isinstance(pattern, str) else ():
        depth += {"(": 1, ")": -1}.get(bracket, 0)
        if depth > _MOST_GROUPS:
            raise InvalidRecipeError(f"a pattern with groups nested more than {_MOST_GROUPS} deep")

"""What does not fit about the fields of an operation, as a sentence: which field, what it must be, what there is."""

from __future__ import annotations

import re
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from store.errors import UsageError

MISSING: Final = re.compile(r"Object missing required field `(\w+)`(?: - at `\$\.?(.*)`)?")
EXPECTED: Final = re.compile(r"Expected `([^`]+)`, got `([^`]+)`(?: - at `\$\.?(.*)`)?")
INVALID: Final = re.compile(r"Invalid enum value '?(.*?)'?(?: - at `\$\.?(.*)`)?")
KINDS: Final = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list [...]",
    "object": "an object {...}",
    "null": "null",
}
"""What JSON calls a value -> how a sentence does."""


def misfit(name: str, cls: type[Struct], problem: msgspec.ValidationError) -> UsageError:
    """The sentence for fields that are not those of an operation.

    Args:
        name: the operation, or the command that makes one.
        cls: its class.
        problem: what msgspec says of them.
    """
    why = str(problem)
    if found := MISSING.fullmatch(why):
        field = _path(found[2], found[1])
        return UsageError('{name}: "{field}" is missing. It takes: {takes}.', name=name, field=field, takes=takes(cls))
    if (found := EXPECTED.fullmatch(why)) and found[3]:
        return UsageError(
            '{name}: "{field}" must be {wanted}, not {got}.',
            name=name,
            field=found[3],
            wanted=_kinds(found[1]),
            got=_kinds(found[2]),
        )
    if found:
        return UsageError(
            "{name}: write the fields as an object, not as {got}. It takes: {takes}.",
            name=name,
            got=_kinds(found[2]),
            takes=takes(cls),
        )
    if (found := INVALID.fullmatch(why)) and (known := _choices(cls, found[2] or "")):
        return UsageError(
            '{name}: "{value}" is no {field}. Write one of: {known}.',
            name=name,
            value=found[1],
            field=found[2].replace("_", " "),
            known=known,
        )
    return UsageError("{name}: {why}. It takes: {takes}.", name=name, why=why.rstrip("."), takes=takes(cls))


def unknown(name: str, cls: type[Struct], fields: Any) -> UsageError | None:
    """The sentence for a field an operation does not have; None: it has all of them."""
    known = cls.__struct_fields__
    field = next((each for each in fields if each not in known), None) if isinstance(fields, dict) else None
    if field is None:
        return None
    return UsageError('{name} has no field "{field}". It takes: {takes}.', name=name, field=field, takes=takes(cls))


def takes(cls: type[Struct]) -> str:
    """The fields of an operation: `card, text, [department]`; those in brackets may be left out."""
    fields = [each for each in msgspec.structs.fields(cls) if each.name != "id"]
    return ", ".join(each.name if each.required else f"[{each.name}]" for each in fields)


def _path(outer: str | None, field: str) -> str:
    return f"{outer}.{field}" if outer else field


def _kinds(said: str) -> str:
    """`str | null` as `a text or null`."""
    return " or ".join(KINDS.get(part, part) for part in said.split(" | "))


def _choices(cls: type[Struct], field: str) -> str:
    """The terms a field may be; empty where it is none of the operation's own or has no terms."""
    hint = get_type_hints(cls, include_extras=True).get(field)
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    parts = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    found = [term for part in parts if get_origin(part) is Literal for term in get_args(part)]
    return ", ".join(filter(None, found))

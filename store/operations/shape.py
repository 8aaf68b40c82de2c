"""What the fields of an operation are made of: references, instants, names, long texts (read off annotations).

Three things walk an operation by its shape: cleaning at the door, the search for references that lead
nowhere, and the resolving of numbers and names that people type (`references`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from store.records import TABLES
from store.text import clean

Prose = Annotated[str, Meta(extra={"prose": True})]
"""Long text: keeps its line breaks. A plain `str` is one line."""

LINE_LIMIT = 500
"""Most characters of a one-line field."""
PROSE_LIMIT = 200_000
"""Most characters of a long text."""

Kind = Literal["ref", "instant", "line", "prose", "list", "struct", "fields", "any", "plain"]


class Shape(Struct, frozen=True):
    """One field: `table` for a reference or a dict of a table's fields, `inner` for a list, `members` for a struct."""

    kind: Kind
    table: str = ""
    inner: Shape | None = None
    members: Mapping[str, Shape] = MappingProxyType({})


_PLAIN = Shape("plain")
_ANY = Shape("any")


@cache
def members(cls: type[Struct]) -> Mapping[str, Shape]:
    """Field name -> shape of a Struct class."""
    hints = get_type_hints(cls, include_extras=True)
    return MappingProxyType({name: _shape(hints[name]) for name in cls.__struct_fields__})


def _shape(hint: Any) -> Shape:
    origin = get_origin(hint)
    if origin is Annotated:
        inner, *extras = get_args(hint)
        found = [_marked(extra.extra) for extra in extras if isinstance(extra, Meta) and extra.extra]
        return next((shape for shape in found if shape), None) or _shape(inner)
    if origin in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        return _shape(parts[0]) if len(parts) == 1 else _ANY
    if origin is tuple:
        return Shape("list", inner=_shape(get_args(hint)[0]))
    if isinstance(hint, type) and issubclass(hint, Struct):
        return Shape("struct", members=members(hint))
    if hint is str:
        return Shape("line")
    return _ANY if hint is Any or origin is dict else _PLAIN


def _marked(extra: Mapping[str, Any]) -> Shape | None:
    if "ref" in extra:
        return Shape("ref", table=extra["ref"])
    if "fields" in extra:
        return Shape("fields", table=extra["fields"])
    if "instant" in extra:
        return Shape("instant")
    return Shape("prose") if "prose" in extra or extra.get("settle") == "text" else None


def shape_in(shape: Shape, name: str) -> Shape:
    """The shape under a key of a struct or of a dict of a table's fields."""
    of = members(TABLES[shape.table]) if shape.kind == "fields" else shape.members
    return of.get(name, _ANY)


def cleaned(value: Any, shape: Shape) -> Any:
    """The value with every text in it harmless (`store.text.clean`); the same object if nothing changes."""
    if isinstance(value, str):
        return clean(value, lines=shape.kind in {"prose", "any"})
    if isinstance(value, (tuple, list)):
        made = [cleaned(part, shape.inner or _ANY) for part in value]
        return value if all(a is b for a, b in zip(made, value, strict=True)) else type(value)(made)
    if isinstance(value, dict):
        return {clean(key): cleaned(part, shape_in(shape, key)) for key, part in value.items()}
    if isinstance(value, Struct):
        new = {name: cleaned(getattr(value, name), inner) for name, inner in members(type(value)).items()}
        changed = {name: part for name, part in new.items() if part is not getattr(value, name)}
        return msgspec.structs.replace(value, **changed) if changed else value
    return value


def leaves(value: Any, shape: Shape, name: str = "") -> Iterator[tuple[str, Shape, Any]]:
    """Every single value: (name of the field it stands in, its shape, the value). None is left out."""
    if value is None:
        return
    if isinstance(value, (tuple, list)):
        for part in value:
            yield from leaves(part, shape.inner or _ANY, name)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, shape_in(shape, key), key)
    elif isinstance(value, Struct):
        for key, inner in members(type(value)).items():
            yield from leaves(getattr(value, key), inner, key)
    else:
        yield name, shape, value


def mapped(value: Any, shape: Shape, turn: Callable[[Any, Shape, str], Any], name: str = "") -> Any:
    """Builtins (what JSON holds) with `turn(value, shape, field name)` applied to every single value."""
    if isinstance(value, list):
        return [mapped(part, shape.inner or _ANY, turn, name) for part in value]
    if isinstance(value, dict):
        return {key: mapped(part, shape_in(shape, key), turn, key) for key, part in value.items()}
    return value if value is None else turn(value, shape, name)

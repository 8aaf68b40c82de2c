"""What a record refers to, and where the references in a field lead (read off annotations)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from store import records as r
from store.operations.board_settings import PEOPLE_KEYS
from store.operations.shape import Shape, leaves

Place = tuple[str, int]
"""Table and doc id of a record."""


def leads_to(shape: Shape) -> set[str]:
    """The tables the references in a field point into."""
    inner = [*shape.members.values(), *([shape.inner] if shape.inner else ())]
    return ({shape.table} if shape.kind == "ref" else set()).union(*map(leads_to, inner))


def refers(record: r.Record, fields: Mapping[str, Shape]) -> Iterator[Place]:
    """What a record refers to in these fields."""
    if isinstance(record, r.Setting):
        if record.key in PEOPLE_KEYS and record.value:
            yield "people", record.value
        return
    for name, shape in fields.items():
        value = getattr(record, name)
        if shape.kind == "ref":
            if value is not None:
                yield shape.table, value
        elif value and shape.kind in {"list", "struct"}:
            yield from ((kind.table, each) for _field, kind, each in leaves(value, shape, name) if kind.kind == "ref")

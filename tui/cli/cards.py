"""A card from draft to active: new, circulate, confirm, object, ask, reply, sign, activate, seen, attach, next."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from store.errors import Refused, UsageError
from store.operations.answers import AskAgain, AskInfo, Confirm, ObjectTo, Reply, Sign
from store.operations.cards import CreateCard, home
from store.operations.misfit import misfit
from store.operations.papers import AddAttachment, SaySeen
from store.operations.recurring import MakeNext
from store.operations.references import find, resolve_fields
from store.operations.shape import Shape, members
from store.operations.stages import Activate, Circulate
from store.records import TABLES, Card
from store.rules.regular_meeting import read_regular
from store.rules.roles import is_asking
from store.templates import CardTemplate, templates
from store.templates.filling import merged_duties, of_card, of_template
from tui.cli.context import Run
from tui.cli.output import Column
from tui.cli.performing import perform
from tui.i18n import _, language

OPTIONS = ("goal", "project", "scope", "resources", "mechanism", "type", "priority", "category")
"""Options of `new` that are fields of the same name; `--set FIELD=VALUE` sets any other."""

YES_NO = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}


def new(run: Run) -> int:
    """`new NAME --template T | --like CARD ...`; without a name the templates are listed."""
    words, board = run.words, run.board
    name = words.text("name")
    if not name:
        return _list_templates(run)
    fields, days = _beginning(run)
    departments = [find(board, "departments", each) for each in names_in(words.text("departments"))]
    fields["duties"] = merged_duties(fields, departments)
    fields |= {option: words.text(option) for option in OPTIONS if words.has(option)}
    for text in words.many("set"):
        fields |= _set(run, text)
    if words.text("lead"):
        fields["lead"] = find(board, "people", words.text("lead"))
    start = run.instant(words.text("start"), start=True) if words.text("start") else run.now
    finish = run.instant(words.text("finish")) if words.text("finish") else None
    if finish is None and days:
        finish = run.working.due_in_working_days(start, days)
    fields |= {"name": name, "planned_start": start, "planned_finish": finish}
    try:
        operation = msgspec.convert({k: v for k, v in fields.items() if v is not None}, CreateCard)
    except msgspec.ValidationError as problem:
        raise misfit("new", CreateCard, problem) from None
    return perform(run, operation)


def _beginning(run: Run) -> tuple[dict[str, Any], int]:
    """What the card begins with, and how many working days a template gives it (0: none)."""
    words, board = run.words, run.board
    if words.text("template"):
        template = _template(words.text("template"))
        fields, absent = of_template(board, template, home(board, run.me().id))
        if absent:
            run.out.error(
                _(
                    "The template knows a part of {names}, which is no department here; it is left out. "
                    "Say who does it: crossdeck edit CARD departments=NAME."
                ).format(names=", ".join(absent))
            )
        return fields, template.days
    if words.text("like"):
        return of_card(board, board.cards[find(board, "cards", words.text("like"))]), 0
    return {}, 0


def _template(typed: str) -> CardTemplate:
    """A template by its id or (the beginning of) its name, in any language. Raises Refused that lists them."""
    found = [*templates(language()), *templates("zh"), *templates("en")]
    wanted = typed.strip().casefold()
    for each in found:
        if wanted in {each.id, each.name.casefold()}:
            return each
    for each in found:
        if each.name.casefold().startswith(wanted):
            return each
    known = ", ".join(each.name for each in templates(language()))
    raise Refused(
        'There is no template "{value}". There are: {known}.', code="not_found", value=typed[:60], known=known
    )


def _list_templates(run: Run) -> int:
    found = templates(language())
    if run.json:
        run.out.json(
            [{"id": t.id, "name": t.name, "category": t.category, "type": t.type, "days": t.days} for t in found]
        )
        return 0
    rows = [(t.id, t.name, t.category.replace("_", " "), t.type, str(t.days)) for t in found]
    heads = (_("id"), _("template"), _("category"), _("type"), _("days"))
    run.out.table([Column(head) for head in heads], rows)
    return 0


def _set(run: Run, text: str) -> dict[str, Any]:
    """`budget=200000 CNY`: one field, references and dates as people write them."""
    name, equals, value = text.partition("=")
    name = name.strip()
    if not equals or name not in CreateCard.__struct_fields__:
        raise UsageError('--set "{value}": write FIELD=VALUE with a field of CreateCard.', value=text[:60])
    if name == "regular_meeting":
        found = read_regular(value)
        return {"regular_meeting": found.every, "meeting_day": found.day, "meeting_at": found.at}
    plain = typed_value("cards", name, value.strip()) if name in Card.__struct_fields__ else value.strip()
    resolved: dict[str, Any] = resolve_fields(CreateCard, {name: plain}, run.board, now=run.now, days=run.working)
    return resolved


def typed_value(table: str, name: str, text: str) -> Any:
    """What is typed as the field wants it: yes and no, a number, a list; nothing for an optional field is null.

    Raises UsageError for a field of yes and no with anything else.
    """
    shape = members(TABLES[table]).get(name, Shape("any"))
    if shape.kind == "list":
        return [*names_in(text)]
    field = next(each for each in msgspec.structs.fields(TABLES[table]) if each.name == name)
    if field.default is None and not text:
        return None
    if isinstance(field.default, bool):
        if text.casefold() not in YES_NO:
            raise UsageError('{name}: write yes or no, not "{value}".', name=name, value=text[:60])
        return YES_NO[text.casefold()]
    if shape.kind == "plain" and text.lstrip("-").isascii() and text.lstrip("-").isdecimal():
        return int(text)
    return text


def names_in(text: str) -> list[str]:
    """Names one after the other: `A, B`, `@A、B`."""
    return [part.strip().lstrip("@＠") for part in re.split(r"[,，、]", text) if part.strip()]


def _card(run: Run) -> int:
    return find(run.board, "cards", run.words.text("card"))


def _department(run: Run, card: int) -> int:
    """The department that is named, else the one of whoever signs that is on the card. Raises UsageError."""
    board, typed = run.board, run.words.text("department")
    if typed:
        return find(board, "departments", typed)
    me = run.me()
    on = [duty.department for duty in board.duties_of.get(card, ())]
    mine = [each for each in on if board.departments[each].head == me.id or each == me.department]
    if len(mine) != 1:
        raise UsageError("For which department? --department NAME.")
    return mine[0]


def _asking(run: Run, card: int) -> int:
    """The department that is named, else the only one that waits for a reply. Raises UsageError."""
    waiting = [duty.department for duty in run.board.duties_of.get(card, ()) if is_asking(duty)]
    return waiting[0] if len(waiting) == 1 and not run.words.text("department") else _department(run, card)


def circulate(run: Run) -> int:
    """`circulate CARD [--reason TEXT]`: out to its departments; out already: asks anew who objected."""
    card = _card(run)
    if run.board.cards[card].stage != "draft":
        return perform(run, AskAgain(card=card))
    return perform(run, Circulate(card=card, reason=run.words.text("reason")))


def confirm(run: Run) -> int:
    """`confirm CARD [--department D]`."""
    card = _card(run)
    return perform(run, Confirm(card=card, department=_department(run, card)))


def object_to(run: Run) -> int:
    """`object CARD TEXT... [--department D]`."""
    card = _card(run)
    return perform(run, ObjectTo(card=card, department=_department(run, card), text=run.words.text("text")))


def ask(run: Run) -> int:
    """`ask CARD TEXT... [--department D]`, and `--reply` answers what that department asked."""
    card = _card(run)
    kind = Reply if run.words.has("reply") else AskInfo
    department = _asking(run, card) if kind is Reply else _department(run, card)
    return perform(run, kind(card=card, department=department, text=run.words.text("text")))


def sign(run: Run) -> int:
    """`sign CARD [--department D] [--means TEXT]`."""
    card = _card(run)
    return perform(run, Sign(card=card, department=_department(run, card), means=run.words.text("means") or "here"))


def activate(run: Run) -> int:
    """`activate CARD [--reason TEXT]`."""
    return perform(run, Activate(card=_card(run), reason=run.words.text("reason")))


def seen(run: Run) -> int:
    """`seen CARD`: I have seen it and have no objection."""
    return perform(run, SaySeen(card=_card(run)))


def attach(run: Run) -> int:
    """`attach CARD NAME... [--edition V] [--link WHERE]`."""
    words = run.words
    made = AddAttachment(
        card=_card(run), name=words.text("name"), version=words.text("edition"), link=words.text("link")
    )
    return perform(run, made)


def make_next(run: Run) -> int:
    """`next CARD`: the next card of one that recurs."""
    return perform(run, MakeNext(card=_card(run)))

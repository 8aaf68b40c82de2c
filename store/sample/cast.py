"""The people and departments of the demo."""

from __future__ import annotations

from store.operations.board_settings import SetSetting
from store.operations.people import AddDepartment, AddPerson, EditDepartment, EditPerson
from store.sample.script import Script

LEAD = "王敏"
EXECUTIVE = "张岚"

DEPARTMENTS = (
    ("市场部", "SC", "王敏", "高远"),
    ("销售部", "XS", "李强", "高远"),
    ("产品部", "CP", "周航", "林静"),
    ("设计部", "SJ", "陈思", "林静"),
    ("客服部", "KF", "赵琳", "高远"),
    ("人事部", "RS", "吴倩", "林静"),
)
"""Name, code, head, leader in charge."""

PEOPLE = (
    ("孙悦", "市场部"),
    ("刘畅", "市场部"),
    ("J. Meyer", "市场部"),
    ("李强", "销售部"),
    ("何平", "销售部"),
    ("周航", "产品部"),
    ("T. Okafor", "产品部"),
    ("陈思", "设计部"),
    ("赵琳", "客服部"),
    ("吴倩", "人事部"),
    ("高远", None),
    ("林静", None),
    (EXECUTIVE, None),
)


def assemble(script: Script) -> None:
    """Everybody comes on the board, three weeks back; the lead first, who is its administrator."""
    at = script.past(15, "09:00")
    lead = script.new(script.people, LEAD)
    script.say(at, LEAD, AddPerson(id=lead, name=LEAD))
    for name, code, _head, _leader in DEPARTMENTS:
        script.say(at, LEAD, AddDepartment(id=script.new(script.departments, name), name=name, code=code))
    script.say(at, LEAD, EditPerson(person=lead, fields={"department": script.departments["市场部"]}))
    for name, department in PEOPLE:
        where = script.departments[department] if department else None
        script.say(at, LEAD, AddPerson(id=script.new(script.people, name), name=name, department=where))
    for name, _code, head, leader in DEPARTMENTS:
        fields = {"head": script.people[head], "leader": script.people[leader]}
        script.say(at, LEAD, EditDepartment(department=script.departments[name], fields=fields))
    script.say(at, LEAD, SetSetting(key="executive", value=script.people[EXECUTIVE]))
    script.say(at, LEAD, SetSetting(key="administrator", value=lead))


def head_of(department: str) -> str:
    """The name of a department's head."""
    return next(head for name, _code, head, _leader in DEPARTMENTS if name == department)

"""Names of fields, words for their terms, and names of deeds, in the reader's language. No Textual.

The command line and the screens call the same thing by the same word (rulebook §10).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tui import words
from tui.field_names import FIELDS
from tui.i18n import N_, Np_, _, p_

CATEGORIES: Mapping[str, str] = {
    "project": N_("project work"),
    "process_improvement": N_("process improvement"),
    "problem_solving": N_("problem solving"),
    "resource_coordination": N_("resource coordination"),
    "target_alignment": N_("target alignment"),
}
RECURS: Mapping[str, str] = {
    "weekly": Np_("recurs", "weekly"),
    "monthly": Np_("recurs", "monthly"),
    "quarterly": Np_("recurs", "quarterly"),
}
PRESENCES: Mapping[str, str] = {
    "expected": Np_("presence", "expected"),
    "present": Np_("presence", "present"),
    "absent": Np_("presence", "absent"),
}
REVIEWS: Mapping[str, str] = {"confirmed": Np_("review", "confirmed"), "comment": Np_("review", "comment")}
WORDS: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("cards", "stage"): words.stage,
    ("cards", "priority"): words.priority,
    ("cards", "type"): lambda value: _(words.TYPES[value]),
    ("cards", "category"): lambda value: _(CATEGORIES[value]),
    ("cards", "cadence"): lambda value: _(words.CADENCES[value]),
    ("cards", "recurs"): lambda value: p_("recurs", RECURS[value]),
    ("duties", "answer"): words.answer,
    ("duties", "means"): words.means,
    ("subtasks", "status"): words.status,
    ("issues", "kind"): words.issue_kind,
    ("issues", "state"): words.issue_state,
    ("reviews", "answer"): lambda value: p_("review", REVIEWS[value]),
    ("attendance", "presence"): lambda value: p_("presence", PRESENCES[value]),
    ("meetings", "kind"): words.meeting_kind,
    ("meetings", "state"): words.meeting_state,
}
"""(table, field) whose values are terms -> the word for a term."""


LISTS: Mapping[str, str] = {
    "departments": N_("departments"),
    "people": N_("people"),
    "cards": N_("cards"),
    "duties": N_("duties"),
    "milestones": N_("milestones"),
    "subtasks": N_("subtasks"),
    "issues": N_("issues"),
    "meetings": N_("meetings"),
    "progress": N_("progress entries"),
    "agenda": N_("agenda"),
    "attendance": N_("attendance"),
    "lines": N_("minutes"),
    "reviews": N_("review answers"),
    "amendments": N_("amendments"),
    "steps": N_("history"),
    "sync": N_("sync log"),
    "attachments": N_("attachments"),
    "passes": N_("passed gates"),
    "seen": N_("seen"),
    "letters": N_("RACI letters"),
    "inputs": N_("inputs"),
    "scopes": N_("scopes"),
    "joint_reviews": N_("joint reviews"),
    "supports": N_("support"),
    "incidents": N_("incidents"),
    "acceptances": N_("rounds of acceptance"),
    "retros": N_("retros"),
    "results": N_("results of clocks"),
    "settings": N_("settings"),
}
"""Table -> what a list of its records is called."""


def value_word(table: str, name: str, value: str) -> str:
    """The word for a term of a field; any other value is itself."""
    try:
        return WORDS[table, name](value)
    except KeyError:
        return value


def field_word(name: str) -> str:
    """The name of a field."""
    known = FIELDS.get(name)
    return p_("field", known) if known else name.replace("_", " ")

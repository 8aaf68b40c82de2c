"""Who acts on which tier of the escalation ladder, and who answers an issue (rulebook section 5)."""

from __future__ import annotations

from collections.abc import Iterable

from store.board import Board
from store.records import Card, Issue, Subtask

TOP_TIER = 3


class Roster:
    """Who may have to act on a board: heads, leaders in charge, the executive; nobody from outside or who has left."""

    def __init__(self, board: Board) -> None:
        """Read people, departments and settings of `board`."""
        there = (each for each in board.people.values() if not each.organisation and each.left_at is None)
        self.alone = {person.id: (person.id,) for person in there}
        """Each person who may have to act -> that person alone, as the `who` of a clock."""
        departments = board.departments.values()
        self.heads = {each.id: self.only(each.head) for each in departments}
        self.leaders = {each.id: self.only(each.leader) for each in departments}
        self.executive = self.only(board.settings.executive)

    def only(self, *people: int | None) -> tuple[int, ...]:
        """Return those of `people` who may have to act, each once, in order."""
        return tuple(dict.fromkeys(each for each in people if each in self.alone))

    def first(self, *people: int | None) -> tuple[int, ...]:
        """Return the first of `people` who may have to act, alone; nobody if none may."""
        for each in people:
            if each in self.alone:
                return self.alone[each]
        return ()

    def lead(self, card: Card | None) -> tuple[int, ...]:
        """Return a card's lead; by default the head of its initiating, else of its lead department."""
        if card is None:
            return ()
        return (
            self.alone.get(card.lead or 0)
            or self.heads.get(card.initiating_department or 0)
            or self.heads.get(card.lead_department or 0)
            or ()
        )


def sides(issue: Issue) -> tuple[int, ...]:
    """Return the departments an issue lies between: of a dispute its positions, else raiser's and owning one."""
    between: Iterable[int | None] = (issue.from_department, issue.department)
    if issue.kind == "dispute" and issue.positions:
        between = (position.department for position in issue.positions)
    return tuple(dict.fromkeys(each for each in between if each))


def tier_people(roster: Roster, issue: Issue, card: Card | None, tier: int | None = None) -> tuple[int, ...]:
    """Return who must act on a tier (default: the one the issue is in).

    1 the two department heads (only one known: with the lead), 2 their leaders in charge (where none is named: the
    executive, for the lead could not settle it on tier 1), 3 the executive; where nobody is named, the lead.
    """
    tier = issue.tier if tier is None else tier
    lead = roster.lead(card)
    table = roster.heads if tier <= 1 else roster.leaders
    found = [table.get(department, ()) for department in sides(issue)] if tier < TOP_TIER else []
    named = [person for people in found for person in people]
    if tier <= 1 and sum(1 for people in found if people) < 2:
        named += lead
    return tuple(dict.fromkeys(named)) or (roster.executive if tier > 1 else ()) or lead


def responders(roster: Roster, issue: Issue, card: Card | None) -> tuple[int, ...]:
    """Return who has to give an issue its first response: the lead (rulebook section 8).

    Section 5 wants a response from somebody other than who raised it. So where the lead raised it, it is the people
    of its tier, the heads, without the raiser; where that leaves nobody, those of the next tier that has somebody else.
    """
    lead = roster.lead(card)
    others = without(lead, issue.raised_by)
    tier = issue.tier
    while not others and tier <= TOP_TIER:
        others = without(tier_people(roster, issue, card, tier), issue.raised_by)
        tier += 1
    return others or lead


def answerers(roster: Roster, card: Card | None, subtask: Subtask, asker: int) -> tuple[int, ...]:
    """Return who has to answer a problem that `asker` named in an entry: the lead, else somebody who is not the asker.

    That is the head of the subtask's department, its leader in charge, the executive, the first of them there is.
    """
    lead = roster.lead(card)
    home = subtask.department or 0
    named = (lead, roster.heads.get(home, ()), roster.leaders.get(home, ()), roster.executive)
    return next((found for people in named if (found := without(people, asker))), lead)


def without(people: tuple[int, ...], person: int) -> tuple[int, ...]:
    """Return `people` but for one of them."""
    return people if person not in people else tuple(each for each in people if each != person)

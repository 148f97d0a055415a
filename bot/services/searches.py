"""Finding milestones, obstacles, people and workstreams by words that narrow each other."""

from collections.abc import Iterable

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.members import Member, Names
from bot.domain.searches import FoundPage, Sought, Term
from bot.domain.summaries import PAGE, page_of
from bot.i18n.folding import fold
from bot.i18n.sounds import sounds
from bot.i18n.typed_searches import read_terms
from bot.services.summaries import group_day
from db.unit_of_work import UnitOfWork


def found(uow: UnitOfWork, group: WorkingGroup, words: str, number: int = 1) -> FoundPage:
    """Give a page of what fits every one of *words*; nothing where there is no word."""
    today = group_day(group, uow.now)
    terms = read_terms(words, today=today)
    members = uow.members.of_group(group.id)
    workstreams = uow.groups.workstreams(group.id)
    sought = [
        Sought(
            term,
            frozenset(member.id for member in members if _is_named(term, member.names, member.handle)),
            frozenset(one.id for one in workstreams if _is_named(term, one.names, one.code)),
        )
        for term in terms
    ]
    named = _workstreams(workstreams, sought)
    people = _people(members, sought)
    milestones, obstacles = uow.searches.counts(group.id, sought, today=today) if sought else (0, 0)
    others = len(named) + len(people)
    page = page_of(number, others + milestones + obstacles)
    first, last = page.first_item, page.first_item + PAGE
    listed = max(0, min(last, others + milestones) - max(first, others))
    raised = max(0, min(last, page.total) - max(first, others + milestones))
    return FoundPage(
        group=group,
        words=words,
        terms=terms,
        page=page,
        workstreams=tuple(named[first:last]),
        people=tuple(people[max(0, first - len(named)) : max(0, last - len(named))]),
        milestones=tuple(
            uow.searches.milestones(group.id, sought, today=today, limit=listed, offset=max(0, first - others))
            if listed
            else ()
        ),
        obstacles=tuple(
            uow.searches.obstacles(
                group.id, sought, today=today, limit=raised, offset=max(0, first - others - milestones)
            )
            if raised
            else ()
        ),
        today=today,
        milestone_count=milestones,
        obstacle_count=obstacles,
        other_count=others,
    )


def _is_named(term: Term, names: Names, code: str) -> bool:
    if not term.text:
        return False
    known = [name for name in (names.fa, names.tg, names.en) if name]
    heard = sounds(*known)
    return any(term.text in fold(name) for name in (*known, code)) or any(sound in heard for sound in term.heard)


def _workstreams(workstreams: Iterable[Workstream], sought: Iterable[Sought]) -> list[Workstream]:
    wanted = list(sought)
    return [one for one in workstreams if wanted and all(one.id in each.workstream_ids for each in wanted)]


def _people(members: Iterable[Member], sought: Iterable[Sought]) -> list[Member]:
    wanted = list(sought)
    return [one for one in members if wanted and all(one.id in each.member_ids for each in wanted)]

"""No figure of one to four: it is hidden, and with it what would lead to it.

Nought is shown: nobody is in it. What is hidden to protect another looks like what is small.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Final, TypeVar

from msgspec.structs import replace

from branch.statistics.model import (
    Association,
    DayFigures,
    Durations,
    Figures,
    GapFigures,
    LoadFigures,
    MemberLoad,
    NoticeFigures,
    OutcomeFigures,
    PaperFigures,
    QuestionFigures,
    Ratings,
    ResearchFigures,
    TicketFigures,
    UseRow,
    Ways,
)

SMALLEST_SHOWN: Final = 5
K = TypeVar("K", bound=Hashable)


def small(count: int | None) -> bool:
    return count is None or 0 < count < SMALLEST_SHOWN


def shown(count: int | None) -> int | None:
    return None if small(count) else count


def parts_shown(parts: Mapping[K, int | None]) -> dict[K, int | None]:
    """Parts whose sum is known: the small ones are hidden, and more until none can be computed."""
    hidden = {key for key, count in parts.items() if small(count)}
    rest = sorted(
        (count, at, key)
        for at, (key, count) in enumerate(parts.items())
        if count is not None and key not in hidden and count > 0
    )
    for _, _, key in rest:
        together = [parts[each] or 0 for each in hidden]
        if not hidden or (len(hidden) > 1 and sum(together) >= SMALLEST_SHOWN):
            break
        hidden.add(key)
    if len(hidden) == 1 or (hidden and _all_one(parts, hidden)):
        hidden = set(parts)
    return {key: None if key in hidden else count for key, count in parts.items()}


def _all_one(parts: Mapping[K, int | None], hidden: set[K]) -> bool:
    """Whether their sum tells each of them."""
    return sum(parts[each] or 0 for each in hidden) == len(hidden)


def of_part(part: int | None, whole: int | None) -> int | None:
    """A part beside its whole: hidden with its rest, which their difference would tell."""
    if part is None or whole is None or small(part) or small(whole - part):
        return None
    return part


def ways_shown(ways: Ways) -> Ways:
    if small(ways.total):
        return Ways(**dict.fromkeys((*ways.parts, "total")))
    return Ways(**parts_shown(ways.parts), total=ways.total)


def table_shown(rows: Mapping[str, Ways]) -> dict[str, Ways]:
    """Rows whose columns add up to what is known: first how many, then in which ways.

    A row with a small part shows its total alone, and so do others with it, the smallest first,
    until what they have together is small in no way.
    """
    totals = parts_shown({name: each.total for name, each in rows.items()})
    bare = {
        name
        for name, each in rows.items()
        if totals[name] is None or any(small(part) for part in each.parts.values())
    }
    for name in sorted(rows, key=lambda name: (rows[name].total or 0, name)):
        if not bare or (len(bare) > 1 and _none_small([rows[each] for each in bare])):
            break
        bare.add(name)
    return {
        name: Ways(**dict.fromkeys(each.parts), total=totals[name]) if name in bare else each
        for name, each in rows.items()
    }


def _none_small(rows: Sequence[Ways]) -> bool:
    columns = zip(*(each.parts.values() for each in rows), strict=True)
    return not any(small(sum(count or 0 for count in column)) for column in columns)


def durations_shown(durations: Durations) -> Durations:
    return Durations(n=None) if small(durations.n) else durations


def ratings_shown(ratings: Ratings) -> Ratings:
    if small(ratings.n):
        return Ratings(counts=(None,) * len(ratings.counts), n=None)
    counts = parts_shown(dict(enumerate(ratings.counts)))
    return replace(ratings, counts=tuple(counts.values()))


def line_shown(counts: Sequence[int | None]) -> tuple[int | None, ...]:
    """Points of a line whose sum stands beside it."""
    return tuple(parts_shown(dict(enumerate(counts))).values())


def hide(figures: Figures) -> Figures:
    """The figures as anybody may see them."""
    return _HIDE[type(figures)](figures)


def _questions(figures: QuestionFigures) -> QuestionFigures:
    whole = ways_shown(figures.ways)
    if whole.total is None:
        hidden = tuple(None for _ in figures.over_time)
        return QuestionFigures(ways=whole, over_time=hidden, over_time_before=hidden)
    return QuestionFigures(
        ways=whole,
        by_topic=table_shown(figures.by_topic),
        by_stage=table_shown(figures.by_stage),
        over_time=line_shown(figures.over_time),
        over_time_before=line_shown(figures.over_time_before),
    )


def _gaps(figures: GapFigures) -> GapFigures:
    """What fewer than five people have asked is not quoted: somebody would know it for theirs."""
    if small(figures.questions):
        return GapFigures(told=figures.told, questions=None, kinds=0, rest=None)
    quoted = [gap for gap in figures.gaps if not small(gap.people)]
    rest = (figures.questions or 0) - sum(gap.times or 0 for gap in quoted)
    *times, left = line_shown([*(gap.times for gap in quoted), rest])
    gaps = tuple(replace(gap, times=n) for gap, n in zip(quoted, times, strict=True))
    return replace(figures, gaps=gaps, rest=left)


def _notices(figures: NoticeFigures) -> NoticeFigures:
    if small(figures.letters):
        return NoticeFigures(
            notices=figures.notices,
            letters=None,
            delivered=None,
            blocked=None,
            failed=None,
            acknowledged=None,
            to_acknowledge=Durations(n=None),
        )
    parts = (figures.delivered, figures.blocked, figures.failed)
    delivered, blocked, failed = line_shown(parts)
    said = of_part(figures.acknowledged, figures.letters)
    return replace(
        figures,
        delivered=delivered,
        blocked=blocked,
        failed=failed,
        acknowledged=said,
        to_acknowledge=Durations(n=None) if said is None else figures.to_acknowledge,
    )


def _days(figures: DayFigures) -> DayFigures:
    both = of_part(figures.came_of_signed_up, figures.signed_up)
    return replace(
        figures,
        signed_up=shown(figures.signed_up),
        came=shown(figures.came),
        came_of_signed_up=None if small((figures.came or 0) - (both or 0)) else both,
        ratings=ratings_shown(figures.ratings),
    )


def _association(figures: Association) -> Association:
    return Association(
        joined=shown(figures.joined),
        used=of_part(figures.used, figures.joined),
        rows=tuple(map(_use_shown, figures.rows)),
    )


def _use_shown(row: UseRow) -> UseRow:
    """A row of a table whose sums are not shown: it stands for itself."""
    advanced = of_part(row.advanced, row.n)
    return replace(
        row,
        n=shown(row.n),
        advanced=advanced,
        interval=None if advanced is None else row.interval,
    )


def _tickets(figures: TicketFigures) -> TicketFigures:
    answered, times = figures.answered, figures.first_answer
    if answered != 0 or small(figures.opened):
        answered = of_part(answered, figures.opened)
    return replace(
        figures,
        opened=shown(figures.opened),
        answered=answered,
        first_answer=Durations(n=None) if answered is None else durations_shown(times),
        ratings=ratings_shown(figures.ratings),
    )


def _load(figures: LoadFigures) -> LoadFigures:
    """How much there was to do is no secret; who did it is, but for who may see that."""
    if figures.named:
        return figures
    if small(figures.members):
        return LoadFigures(tickets=figures.tickets, members=None, each=None)
    each = tuple(MemberLoad(tickets=load.tickets, own=load.own) for load in figures.each or ())
    return replace(figures, each=each)


def _papers(figures: PaperFigures) -> PaperFigures:
    return PaperFigures(
        submitted=shown(figures.submitted),
        authors=shown(figures.authors),
        decided=parts_shown(figures.decided),
    )


def _research(figures: ResearchFigures) -> ResearchFigures:
    """Achievements are told to everybody, with names: only who is behind their sum is few."""
    return replace(figures, people=shown(figures.people))


def _outcomes(figures: OutcomeFigures) -> OutcomeFigures:
    """What is of few is left out where they come from."""
    return figures


_HIDE: Final[dict[type[Figures], Callable[[Any], Figures]]] = {
    QuestionFigures: _questions,
    GapFigures: _gaps,
    TicketFigures: _tickets,
    LoadFigures: _load,
    NoticeFigures: _notices,
    DayFigures: _days,
    PaperFigures: _papers,
    ResearchFigures: _research,
    Association: _association,
    OutcomeFigures: _outcomes,
}

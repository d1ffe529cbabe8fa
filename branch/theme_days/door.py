"""The door: a code that changes, who has entered it, and the list that comes of it."""

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from msgspec import Struct

from branch.people.model import AuditRecord, Deed, Person, PersonId, Role, TelegramId
from branch.people.permission import demand
from branch.theme_days.attendance import (
    CLOSES_AFTER,
    OPENS_BEFORE,
    AttendanceList,
    MemberYear,
    Way,
    attendance_list,
    closes_at,
    code_at,
    is_taken,
    opens_at,
    turns_at,
)
from branch.theme_days.errors import DayCancelled, DayGone, DayNotYet, DoorClosed, WrongCode
from branch.theme_days.model import LASTS, Answer, DayState, ThemeDay, ThemeDayId
from branch.theme_days.ports import Begin, DayWork
from branch.theme_days.signing_up import demand_invited
from texts.language import Language


class DoorSign(Struct, frozen=True, kw_only=True):
    """What stands at the door now, and until when; `came` are who has entered it."""

    day: ThemeDay
    code: str
    until: datetime
    came: int


class Door:
    """Each raises DayGone and DayCancelled."""

    def __init__(self, begin: Begin, look: Begin, *, zone: tzinfo) -> None:
        self._begin = begin
        self._look = look
        self._zone = zone

    async def sign(self, member: Person, day_id: ThemeDayId, *, now: datetime) -> DoorSign:
        """Raises NotAllowed, DoorClosed."""
        async with self._begin() as work:
            await demand(work, member, Role.MEMBER, now=now)
            day = await _at_the_door(work, day_id, now)
            return await _sign(work, day, now)

    async def hang(self, day_id: ThemeDayId, *, chat: int, message: int) -> None:
        """Note where it is shown: there it is to change by itself."""
        async with self._begin() as work:
            await work.doors.show(day_id, chat=chat, message=message)

    async def hanging(self, *, now: datetime) -> Sequence[tuple[DoorSign, int, int, Language]]:
        """The signs that are shown now, each with its chat and message, for whom it is."""
        found: list[tuple[DoorSign, int, int, Language]] = []
        async with self._begin() as work:
            since, until = now - LASTS - CLOSES_AFTER, now + OPENS_BEFORE
            for day, chat, message in await work.doors.shown(since, until):
                reader = await work.people.by_telegram(TelegramId(chat), now=now)
                language = reader.language if reader else Language.ZH
                found.append((await _sign(work, day, now), chat, message, language))
        return found

    async def enter(
        self, person: Person, day_id: ThemeDayId, code: str, *, way: Way, now: datetime
    ) -> tuple[ThemeDay, bool]:
        """The day, and whether they were not there yet.

        Raises DoorClosed, WrongCode, NotForYou.
        """
        async with self._begin() as work:
            day = await _at_the_door(work, day_id, now)
            await demand_invited(work, day, person, now=now)
            secret = await work.doors.secret(day.id, otherwise=_new_secret())
            if not is_taken(code, secret, now):
                raise WrongCode
            return day, await work.attendances.add(day.id, person.id, at=now, way=way, by=None)

    async def enter_anywhere(
        self, person: Person, code: str, *, now: datetime
    ) -> tuple[ThemeDay, bool]:
        """The same by the code alone. Raises WrongCode where it stands at no door, NotForYou."""
        async with self._begin() as work:
            for day in await work.theme_days.starting(
                now - LASTS - CLOSES_AFTER, now + OPENS_BEFORE
            ):
                if day.state is DayState.CANCELLED or not opens_at(day) <= now < closes_at(day):
                    continue
                secret = await work.doors.secret(day.id, otherwise=_new_secret())
                if is_taken(code, secret, now):
                    await demand_invited(work, day, person, now=now)
                    new = await work.attendances.add(
                        day.id, person.id, at=now, way=Way.CODE, by=None
                    )
                    return day, new
        raise WrongCode

    async def open_to(self, day_id: ThemeDayId, *, now: datetime) -> ThemeDay:
        """The day, if one can check in now. Raises DoorClosed."""
        async with self._look() as work:
            return await _at_the_door(work, day_id, now)

    async def mark(
        self, member: Person, day_id: ThemeDayId, person: PersonId, *, there: bool, now: datetime
    ) -> None:
        """Put somebody down by hand, or take them off. Raises NotAllowed, DayNotYet."""
        async with self._begin() as work:
            by = await demand(work, member, Role.MEMBER, now=now)
            day = await _begun(work, day_id, now)
            attendances = work.attendances
            if there:
                changed = await attendances.add(day.id, person, at=now, way=Way.HAND, by=by.id)
            else:
                changed = await attendances.remove(day.id, person)
            if changed:
                deed = Deed.ATTENDANCE_MARKED if there else Deed.ATTENDANCE_UNMARKED
                details = {"day": day.id}
                await work.audit.add(
                    AuditRecord(at=now, actor=by.id, deed=deed, about=person, details=details)
                )

    async def attendance(
        self, member: Person, day_id: ThemeDayId, *, now: datetime
    ) -> tuple[ThemeDay, AttendanceList]:
        """Raises NotAllowed, DayNotYet."""
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            day = await _begun(work, day_id, now)
            came = await work.attendances.of(day.id)
            return day, attendance_list(came, await work.sign_ups.all(day.id))

    async def year(
        self, member: Person, year: int, *, now: datetime
    ) -> tuple[int, Sequence[MemberYear]]:
        """How many days were held in the year, and each member's share. Raises NotAllowed."""
        since = datetime(year, 1, 1, tzinfo=self._zone).astimezone(UTC)
        until = min(now, datetime(year + 1, 1, 1, tzinfo=self._zone).astimezone(UTC))
        async with self._look() as work:
            await demand(work, member, Role.MEMBER, now=now)
            days = [each.id for each in await work.theme_days.begun(since, until)]
            members = await work.people.holding(Role.MEMBER, now=now)
            came = Counter(person for _, person in await work.attendances.by_day(days))
            there = set(await work.attendances.by_day(days))
            excused: Counter[PersonId] = Counter()
            for day in days:
                for each in await work.sign_ups.all(day):
                    cannot = each.answer is Answer.CANNOT
                    excused[each.person] += cannot and (day, each.person) not in there
        lines = [
            MemberYear(
                person=each.id,
                name=each.name,
                came=came[each.id],
                excused=excused[each.id],
                absent=len(days) - came[each.id] - excused[each.id],
            )
            for each in members
        ]
        return len(days), sorted(lines, key=lambda each: (-each.came, each.name))


async def _at_the_door(work: DayWork, day_id: ThemeDayId, now: datetime) -> ThemeDay:
    """Raises DayGone, DayCancelled, DoorClosed."""
    day = await _taking_place(work, day_id)
    if now < opens_at(day):
        raise DoorClosed(opens_at(day))
    if now >= closes_at(day):
        raise DoorClosed
    return day


async def _begun(work: DayWork, day_id: ThemeDayId, now: datetime) -> ThemeDay:
    """Raises DayGone, DayCancelled, DayNotYet."""
    day = await _taking_place(work, day_id)
    if now < opens_at(day):
        raise DayNotYet
    return day


async def _taking_place(work: DayWork, day_id: ThemeDayId) -> ThemeDay:
    day = await work.theme_days.get(day_id)
    if day is None:
        raise DayGone
    if day.state is DayState.CANCELLED:
        raise DayCancelled
    return day


async def _sign(work: DayWork, day: ThemeDay, now: datetime) -> DoorSign:
    secret = await work.doors.secret(day.id, otherwise=_new_secret())
    return DoorSign(
        day=day,
        code=code_at(secret, now),
        until=turns_at(now),
        came=await work.attendances.count(day.id),
    )


def _new_secret() -> str:
    return secrets.token_hex(24)

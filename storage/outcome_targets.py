"""Where those of a cohort went who advanced: by what they have said, the latest that counts."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.outcome_tables import OUTCOME_DETAILS, OUTCOME_REPORTS


class SqlOutcomeTargets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, cohort: int, *, kinds: tuple[str, ...]) -> dict[str, int]:
        """How many by target, of those on the roster; "" is what nobody has said, or has left."""
        last = (
            select(func.max(OUTCOME_REPORTS.c.id).label("id"))
            .where(OUTCOME_REPORTS.c.state != "refused")
            .group_by(OUTCOME_REPORTS.c.subject)
            .subquery()
        )
        target = func.trim(func.coalesce(OUTCOME_DETAILS.c.target, ""))
        rows = await self._connection.execute(
            select(target, func.count())
            .select_from(OUTCOME_REPORTS)
            .join(last, last.c.id == OUTCOME_REPORTS.c.id)
            .outerjoin(OUTCOME_DETAILS, OUTCOME_DETAILS.c.report_id == OUTCOME_REPORTS.c.id)
            .where(OUTCOME_REPORTS.c.cohort == cohort, OUTCOME_REPORTS.c.roster_id.is_not(None))
            .where(OUTCOME_REPORTS.c.kind.in_(kinds))
            .group_by(target)
            .order_by(func.count().desc(), target)
        )
        return {name: int(count) for name, count in rows}

"""Where those of a cohort went who advanced: by what they have said, the latest that counts."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.outcome_tables import OutcomeDetailRow, OutcomeReportRow


class SqlOutcomeTargets:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, cohort: int, *, kinds: tuple[str, ...]) -> dict[str, int]:
        """How many by target, of those on the roster; "" is what nobody has said, or has left."""
        last = (
            select(func.max(OutcomeReportRow.id).label("id"))
            .where(OutcomeReportRow.state != "refused")
            .group_by(OutcomeReportRow.subject)
            .subquery()
        )
        target = func.trim(func.coalesce(OutcomeDetailRow.target, ""))
        rows = await self._connection.execute(
            select(target, func.count())
            .select_from(OutcomeReportRow)
            .join(last, last.c.id == OutcomeReportRow.id)
            .outerjoin(OutcomeDetailRow, OutcomeDetailRow.report_id == OutcomeReportRow.id)
            .where(OutcomeReportRow.cohort == cohort, OutcomeReportRow.roster_id.is_not(None))
            .where(OutcomeReportRow.kind.in_(kinds))
            .group_by(target)
            .order_by(func.count().desc(), target)
        )
        return {name: int(count) for name, count in rows}

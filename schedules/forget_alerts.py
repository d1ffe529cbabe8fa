"""Every night: delete the alerts of two days ago; they speak of somebody's worst night."""

from datetime import datetime

from branch.outbox.service import PostOffice


class ForgetAlerts:
    def __init__(self, post_office: PostOffice) -> None:
        self._post_office = post_office

    async def run(self, now: datetime) -> None:
        await self._post_office.forget_alerts(now=now)

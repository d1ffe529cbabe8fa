"""What can go wrong with people, named after what happened."""

from datetime import datetime


class NotAllowed(Exception):
    """The person's role does not cover this."""


class InvitationUnknown(Exception):
    """No invitation has this token."""


class InvitationUsed(Exception):
    """Somebody else has used this invitation already."""


class InvitationExpired(Exception):
    def __init__(self, expired_at: datetime) -> None:
        super().__init__(expired_at)
        self.expired_at = expired_at


class LastAdmin(Exception):
    """Ending this role would leave nobody who can give roles."""


class GrantEnded(Exception):
    """The role was taken back, or ran out, before."""


class ClaimClosed(Exception):
    """The claim code is wrong, or the bot has an admin already."""

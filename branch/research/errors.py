"""Why something about research cannot be done."""

from branch.research.achievement import Achievement, AchievementState


class TopicGone(Exception):
    """There is no such topic."""


class TopicTaken(Exception):
    """It belongs to a problem already."""


class TopicUnfit(Exception):
    """It is too short or too long."""


class ProblemGone(Exception):
    """There is no such problem; it may have become part of another."""


class NameUnfit(Exception):
    """A name is empty or too long."""


class OnlyTopic(Exception):
    """A problem keeps one topic at least."""


class SameProblem(Exception):
    """A problem is not put together with itself."""


class AchievementGone(Exception):
    """There is no such achievement."""


class AlreadyJudged(Exception):
    """Somebody else has confirmed or refused it."""

    def __init__(self, state: AchievementState) -> None:
        super().__init__(state)
        self.state = state


class OnesOwn(Exception):
    """Whoever reports an achievement does not confirm it."""


class Duplicate(Exception):
    """It is recorded already."""

    def __init__(self, existing: Achievement) -> None:
        super().__init__(existing.id)
        self.existing = existing


class Unfit(ValueError):
    """What was written into a field cannot be meant; `why` says what is wrong with it."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


class FileUnusable(Exception):
    """Nothing can be read from the file; `why` says what it is."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

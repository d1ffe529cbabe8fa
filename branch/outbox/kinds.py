"""The kinds of letters: how urgent each is, in which lane it goes, what becomes of it in doubt."""

from enum import IntEnum, StrEnum


class Lane(StrEnum):
    """`PROMPT` never waits behind `BULK`."""

    PROMPT = "prompt"
    BULK = "bulk"


class Priority(IntEnum):
    """Who goes first, and how a letter is treated."""

    URGENT = 1
    ANSWER = 2
    CORRECTION = 3
    USUAL = 4

    @property
    def lane(self) -> Lane:
        return Lane.PROMPT if self <= Priority.ANSWER else Lane.BULK

    @property
    def waits_for_morning(self) -> bool:
        """Held back in quiet hours."""
        return self is Priority.USUAL


class LetterKind(StrEnum):
    EXAM_REMINDER = "exam_reminder"
    EXAM_CORRECTION = "exam_correction"
    ALERT = "alert"
    TICKET_NEW = "ticket_new"
    TICKET_ANSWER = "ticket_answer"
    TICKET_STATE = "ticket_state"
    TICKET_TASK = "ticket_task"
    TICKET_POST = "ticket_post"
    REPORT = "report"
    NOTICE = "notice"
    NOTICE_EDIT = "notice_edit"
    NOTICE_RECALL = "notice_recall"
    NOTICE_AGAIN = "notice_again"
    NOTICE_TASK = "notice_task"
    WEEK_AHEAD = "week_ahead"
    THEME_DAY = "theme_day"
    THEME_DAY_PLACE = "theme_day_place"
    THEME_DAY_CHANGE = "theme_day_change"
    THEME_DAY_TASK = "theme_day_task"
    THEME_DAY_FEEDBACK = "theme_day_feedback"
    RESEARCH_STATE = "research_state"
    PAPER_REMINDER = "paper_reminder"
    PAPER_STATE = "paper_state"
    OUTCOME_STATE = "outcome_state"

    @property
    def priority(self) -> Priority:
        """The usual one of its kind."""
        match self:
            case LetterKind.ALERT:
                return Priority.URGENT
            case (
                LetterKind.TICKET_NEW
                | LetterKind.TICKET_ANSWER
                | LetterKind.TICKET_STATE
                | LetterKind.TICKET_TASK
                | LetterKind.TICKET_POST
                | LetterKind.NOTICE_TASK
                | LetterKind.THEME_DAY_PLACE
                | LetterKind.THEME_DAY_TASK
                | LetterKind.RESEARCH_STATE
                | LetterKind.PAPER_STATE
                | LetterKind.OUTCOME_STATE
            ):
                return Priority.ANSWER
            case (
                LetterKind.EXAM_CORRECTION
                | LetterKind.NOTICE_EDIT
                | LetterKind.NOTICE_RECALL
                | LetterKind.THEME_DAY_CHANGE
            ):
                return Priority.CORRECTION
            case (
                LetterKind.EXAM_REMINDER
                | LetterKind.REPORT
                | LetterKind.NOTICE
                | LetterKind.NOTICE_AGAIN
                | LetterKind.WEEK_AHEAD
                | LetterKind.THEME_DAY
                | LetterKind.THEME_DAY_FEEDBACK
                | LetterKind.PAPER_REMINDER
            ):
                return Priority.USUAL

    @property
    def sent_again(self) -> bool:
        """Whether twice is better than never, where nobody knows if it arrived."""
        return self not in (
            LetterKind.REPORT,
            LetterKind.NOTICE,
            LetterKind.NOTICE_AGAIN,
            LetterKind.WEEK_AHEAD,
            LetterKind.THEME_DAY,
            LetterKind.THEME_DAY_FEEDBACK,
            LetterKind.PAPER_REMINDER,
        )

    @property
    def waits_for_return(self) -> bool:
        """Whether who had blocked us, or put us out, gets it on their return."""
        return self in (LetterKind.TICKET_ANSWER, LetterKind.TICKET_POST, LetterKind.NOTICE)

    @property
    def finds_back(self) -> bool:
        """Whether a reply to it is to find what it was about, for ever."""
        return self.startswith("ticket_")

    @property
    def silent_at_night(self) -> bool:
        """Goes out in quiet hours, but without a sound: nobody is woken for it."""
        return self is LetterKind.NOTICE_EDIT or (
            self.startswith("ticket_") and self is not LetterKind.TICKET_ANSWER
        )


class Act(StrEnum):
    """What carrying it does: say something, say it otherwise, or take it back."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"

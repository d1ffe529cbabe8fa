"""Why something about rosters and outcomes cannot be done."""


class NumberUnclear(Exception):
    """What was typed is no student number."""


class CohortUnknown(Exception):
    """Nobody knows in which year this person graduates."""


class ReportGone(Exception):
    """There is no such report."""


class ReportSettled(Exception):
    """Somebody has judged it, or a newer one has taken its place."""


class OwnReport(Exception):
    """Nobody judges their own."""


class ClaimGone(Exception):
    """It is settled, or its person has left."""


class ColumnsMissing(Exception):
    """The first row names no column without which nothing can be read; `lacking` says which."""

    def __init__(self, lacking: tuple[str, ...]) -> None:
        super().__init__(lacking)
        self.lacking = lacking


class NothingToImport(Exception):
    """No row of it can be used."""


class NothingToFreeze(Exception):
    """The cohort has no figures."""


class NothingNew(Exception):
    """The rows are those of the last frozen version."""

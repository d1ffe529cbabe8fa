"""Why there are no figures to show."""


class TooFewPeople(Exception):
    """The cohort or class that was asked for is of fewer people than may be counted apart."""

"""What can be watched from outside: counts and times, nothing personal."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.handled = Counter(
            "linghang_updates_handled_total", "Updates handled", registry=self.registry
        )
        self.handling = Histogram(
            "linghang_update_seconds",
            "From taking an update up to its end",
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
        )
        self.waiting = Gauge(
            "linghang_updates_waiting", "Updates waiting or being handled", registry=self.registry
        )
        self._since_poll = Gauge(
            "linghang_seconds_since_poll", "Since Telegram was last polled", registry=self.registry
        )
        self._since_poll.set_function(lambda: time.monotonic() - self.last_poll)
        self.last_poll = time.monotonic()

    def polled(self) -> None:
        self.last_poll = time.monotonic()

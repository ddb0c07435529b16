# SPDX-License-Identifier: BSL-1.0
"""Instants, spans and cadences (docs/time.md)."""
import calendar
import datetime

from arithmetic import NotCovered

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}


def instant(text):
    """Seconds since 1970."""
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def written_instant(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(text):
    """Seconds of "14 days"."""
    count, unit = text.split()
    return int(count) * SECONDS[unit.rstrip("s")]


class Cadence:
    """A span, or a number of months that clamp to the last day."""

    def __init__(self, told):
        told = told or {}
        if isinstance(told, str):
            told = {"months": int(told.split()[0])} if "month" in told else {"every": told}
        if told.get("month_end", "clamp") != "clamp":
            raise NotCovered("cadence month_end " + told["month_end"])
        self.every = span(told.get("every", "0 seconds"))
        self.months = told.get("months", 0)

    def repeats(self):
        return self.every > 0 or self.months > 0

    def occurrence(self, start, n):
        if self.every:
            return start + n * self.every
        day = datetime.datetime.fromtimestamp(start, datetime.timezone.utc)
        month = day.year * 12 + day.month - 1 + n * self.months
        year, month = divmod(month, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return int(day.replace(year=year, month=month + 1, day=min(day.day, last)).timestamp())

    def first_not_before(self, start, at):
        """The first n whose occurrence is at or after `at`."""
        n = max(0, (at - start) // self.every if self.every else 0)
        while self.occurrence(start, n) < at:
            n += 1
        return n

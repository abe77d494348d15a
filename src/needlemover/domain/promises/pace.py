"""What moves with the clock, from plain values: a command for a prompt loads nothing else."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def share_of_hours(now: datetime, day: date, zone: tzinfo, start: time, end: time) -> float:
    """The share (0 to 1) of a day's hours that has passed by now.

    Args:
        now: the instant.
        day: the local day.
        zone: the local zone.
        start: when the hours begin.
        end: when they end; at or before the start: on the next morning.
    """
    begins = datetime.combine(day, start, tzinfo=zone).astimezone(UTC)
    end_day = day if end > start else day + timedelta(days=1)
    ends = datetime.combine(end_day, end, tzinfo=zone).astimezone(UTC)
    return min(1.0, max(0.0, (now - begins) / (ends - begins)))


def pace(done: int, quota: int, share: float) -> int:
    """What is done beyond (or, negative, short of) the share of the quota due by now."""
    return done - round(quota * share)


def running_seconds(started_at: datetime, now: datetime) -> int:
    """How long a timer has run; 0 when the clock was set back."""
    return max(0, int((now - started_at).total_seconds()))

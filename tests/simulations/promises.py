"""What Progress advises founders of whom it is known what they do in a day."""

from datetime import timedelta
from random import Random

from needlemover.domain.progress.review import Advice, suggestions

from ..conftest import promised, terms
from ..domain.conftest import TODAY, YESTERDAY, activity, entry, kept_by


def a_day_after_a_raise(random: Random) -> bool | None:
    """Whether it is met; of founders who are advised to raise, and go on as before."""
    first = TODAY - timedelta(days=20)
    of = activity(1, (promised(first - timedelta(days=1), terms(30)),))
    usual, width = random.uniform(30, 90), random.uniform(5, 25)

    def minutes() -> float:
        return max(0.0, random.gauss(usual, width))

    days = [entry(of, first + timedelta(days=n), minutes=round(minutes())) for n in range(20)]
    for found in suggestions(kept_by([of], days), YESTERDAY):
        if found.advice is Advice.RAISE:
            return round(minutes()) * 60 >= found.to
    return None

"""Mutants that nothing can tell from the rule, with the reason why."""

_KNOWN_TOGETHER = "where the one is None the other is, too; the types do not say so"
_TYPES_ALONE = "what follows it is never None there; the types do not say so"
_HAS_STEP = "who is promised something for today has a step; the types do not say so"
_SAME_PLACE = "all of one reason have the same, and the reason stands before it"
_A_SECOND = "a hand-over of one second is none in whole minutes"
_A_LIMIT = "an upper limit always has its minutes; the types do not say so"
_SUMMED = "the sums are put in its place"

EQUAL = {
    "buyers.contact:standing_on: promised < today -> promised <= today": (
        "what is promised for today has been told before"
    ),
    "buyers.next_calls:NextCall.is_now: self.why is Why.TODAY and step is not None and "
    "(step.at is not None) -> self.why is Why.TODAY and step.at is not None": _HAS_STEP,
    "buyers.next_calls:_why: step and step.at is not None and step.has_come(now) -> "
    "step.at is not None and step.has_come(now)": _HAS_STEP,
    "buyers.next_calls:_place: 0 -> 1": "who is on the list has a place there",
    "buyers.next_calls:_place: 0 -> 1 (2)": _SAME_PLACE,
    "buyers.next_calls:_place: 0 -> 1 (3)": _SAME_PLACE,
    "day:local_day: day_start(day, zone, starts_at) > instant -> "
    "day_start(day, zone, starts_at) >= instant": "the second loop takes the day back",
    "day:local_day: day_start(day + ONE_DAY, zone, starts_at) <= instant -> "
    "day_start(day + ONE_DAY, zone, starts_at) < instant": (
        "at the instant at which a day begins its date is that of the day already"
    ),
    "day:Weeks.then: turn > begin -> turn >= begin": "to turn twice on a day is to turn once",
    "day:skipped_day: day_start(day + ONE_DAY, zone, starts_at) - day_start(day, zone, starts_at) "
    "< HALF_A_DAY -> day_start(day + ONE_DAY, zone, starts_at) - day_start(day, zone, starts_at) "
    "<= HALF_A_DAY": "no zone ever jumped by exactly half a day",
    "day:month_of: 31 -> 32": "that lies in the next month, too",
    "delegation.verdict:turning_day: break -> continue": "all later weeks are passed over, too",
    "delegation.deal:GivenBack.money: self.worth is None or self.handover is None -> "
    "self.worth is None and self.handover is None": _KNOWN_TOGETHER,
    "delegation.verdict:Weighing.free_deal: 0 -> 1": _A_SECOND,
    "delegation.verdict:weigh: 0 -> 1": _A_SECOND,
    "delegation.verdict:_sum: worth.now is None or worth.low is None -> "
    "worth.now is None and worth.low is None": _KNOWN_TOGETHER,
    "delegation.verdict:_place: 1 -> 2": "it stands behind those with 0 either way",
    "errors:TYPE_CHECKING: False -> True": "read by the type checker alone",
    "numbers.goal:goal_of: win is None or wins is None or rate is None -> "
    "wins is None or rate is None": _KNOWN_TOGETHER,
    "numbers.goal:goal_of: win is None or wins is None or rate is None -> "
    "win is None or rate is None": _KNOWN_TOGETHER,
    "numbers.goal:goal_of: length >= 600 -> length > 600": "ten minutes are whole minutes already",
    "numbers.goal:goal_of: 600 -> 601": "the same",
    "numbers.goal:conversations_for: first > 0 -> first >= 0": (
        "the deviate is no root of a ratio of whole numbers as small: it never is exactly 0"
    ),
    "numbers.hours:by_chance: k * all_n < all_k * n -> k * all_n <= all_k * n": (
        "at the rate of the whole either side has more than half of the ways: it is 1"
    ),
    "numbers.hours:standing_out: p <= CHANCE * rank / len(parts) -> "
    "p < CHANCE * rank / len(parts)": "worked out by logarithms it never is exactly as much",
    "numbers.hours:standing_out: 1.0 -> 2.0": "either is less than any chance",
    "numbers.hours:slots_of: item.conversations > average * item.dials -> "
    "item.conversations >= average * item.dials": "at the average nothing stands out",
    "numbers.rates:pooled: True -> False": "all are as long by their making",
    "numbers.rates:Rate.can_be_said: high <= WIDEST_RATIO * low -> high < WIDEST_RATIO * low": (
        "the ends are irrational: they are never exactly as far apart"
    ),
    "numbers.rates:Rate.can_be_said: high - low <= WIDEST_POINTS -> high - low < WIDEST_POINTS": (
        "the same"
    ),
    "numbers.returns:returns_of: True -> False": "all are as long by their making",
    "numbers.returns:returns_of: True -> False (2)": "the same",
    "numbers.returns:contradiction_of: 0 -> 1": _TYPES_ALONE,
    "numbers.returns:_earned_more: erfc(log(ratio) / sqrt(2 * variance)) < limit -> "
    "erfc(log(ratio) / sqrt(2 * variance)) <= limit": "of a logarithm it never is exactly as much",
    "numbers.worth:worth_of: 0 -> 1 (4)": "neither is below 0",
    "progress.review:suggestions: terms is None or terms.is_plain or terms.at_most -> "
    "terms is None or terms.at_most": "without a quota there is none to suggest: it spares a look",
    "progress.review:suggestions: DayRecord | WeekRecord -> DayRecord & WeekRecord": (
        "the annotation of a local name is never worked out"
    ),
    "progress.review:suggestions: start + timedelta(days=min(due, default=0)) -> "
    "start - timedelta(days=min(due, default=0))": "of more days the last twenty are the same",
    "progress.review:_of_measure: 1 -> 2 (2)": "of twenty the tenth is the same",
    "progress.review:suggestions: 0 -> 1": "with no due day there is none later either",
    "progress.summary:promises_kept: True -> False": "both are as long by their making",
    "settings:Moment.lately_at: today > self.now -> today >= self.now": (
        "what is now was not within the last hours a day before"
    ),
    "promises.commitment:Terms.met_by: 0 -> 1": _A_LIMIT,
    "promises.commitment:Terms.asks_at_least: 0 -> 1": _A_LIMIT,
    "promises.commitment:Terms.asks_at_least: 0 -> 1 (2)": _A_LIMIT,
    "promises.commitment:in_force: break -> continue": "all later ones begin later still",
    "promises.commitment:_share: 1.0 -> 2.0": "the other part of the quota is at most 1",
    "promises.status:seconds_to_win:  for item in _asked_today([item for item in dues "
    "if item.due]) if item.terms is not None ->  for item in _asked_today([item for item in dues "
    "if item.due]) if True": _TYPES_ALONE,
    "promises.marks:marks: 0 -> 1 (3)": _A_LIMIT,
    "promises.marks:whole_day_marks: True -> False": "all are as long by their making",
    "promises.status:Due.quota_seconds: self.terms and self.due and (not self.is_limit) -> "
    "self.due and (not self.is_limit)": _TYPES_ALONE,
    "today.history:History.week_streaks:  for each in promised if each.terms and "
    "each.terms.weekly ->  for each in promised if True": (
        "it only spares a look at weeks by which nothing was promised"
    ),
    "today.history:History.past: max(whole_day_marks(marks.values()), default=NOT_DUE) -> "
    "min(whole_day_marks(marks.values()), default=NOT_DUE)": "a day has one mark at most",
    "today.history:History.past: 0 -> 1 (2)": _SUMMED,
    "today.history:History.past: 0 -> 1 (3)": _SUMMED,
    "today.history:History.past: 0 -> 1 (4)": _SUMMED,
    "today.snapshot:DaySnapshot.won_at:  for item in self.asked if item.terms is not None -> "
    " for item in self.asked if True": _TYPES_ALONE,
    "today.snapshot:DaySnapshot.past_ahead: 0 -> 1": _SUMMED,
    "today.snapshot:DaySnapshot.past_ahead: 0 -> 1 (2)": _SUMMED,
    "today.snapshot:DaySnapshot.past_ahead: 0 -> 1 (3)": _SUMMED,
}

"""Mutants that nothing can tell from the rule, with the reason why."""

EQUAL: dict[str, str] = {}

"""Dividing money and time: whole units, rounded half-even, and nothing where nothing divides."""


def divide(amount: int, by: int) -> int | None:
    """Minor units or seconds shared out evenly, rounded half-even; None among nobody."""
    if by <= 0:
        return None
    whole, rest = divmod(amount, by)
    if 2 * rest > by or (2 * rest == by and whole % 2):
        return whole + 1
    return whole


def per_hour(amount: int, seconds: int) -> int | None:
    """Minor units an hour; None without any time."""
    return divide(amount * 3600, seconds)


def round_up(amount: int, by: int) -> int:
    """How many shares of a size it takes to reach an amount."""
    return -(-amount // by)

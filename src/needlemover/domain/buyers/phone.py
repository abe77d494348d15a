"""What makes two ways to write a phone number the same one."""

_TELLING = 9
"""Digits at the end that tell a phone; before them stand the country and the trunk, or not."""


def phone_key(phone: str) -> str | None:
    """The last nine digits of a phone; None: it has fewer, and is no whole number."""
    digits = "".join(str(int(sign)) for sign in phone if sign.isdecimal())
    return digits[-_TELLING:] if len(digits) >= _TELLING else None

"""What the cells of people's files say beside dates and lengths: money."""

import re

from ...domain.errors import WrongUsageError
from ...text.format import minor_digits
from ...text.parse.values import parse_amount
from ..reading import UnreadableError, unreadable
from .lengths import plain_number

_THOUSANDS_OR_DECIMALS = re.compile(r"\D*\d{1,3}\.\d{3}\D*")
_LONGEST_NUMBER = 40


def read_amount(text: str, currency: str, decimal: str = "") -> int | None:
    """Read money in major units; minor units come out; none is written: None.

    `decimal` is what parts decimals, where it is known.
    """
    if not text:
        return None
    number = plain_number(text, decimal)
    if not decimal and minor_digits(currency) != 3 and _THOUSANDS_OR_DECIMALS.fullmatch(number):
        raise unreadable(text, "could be thousands or decimals: write the amount like 1200.50")
    if len(number) > _LONGEST_NUMBER:
        raise unreadable(text, "is not an amount of money")
    try:
        return parse_amount(number, currency)
    except WrongUsageError as error:
        raise UnreadableError(str(error).rstrip(".")) from None

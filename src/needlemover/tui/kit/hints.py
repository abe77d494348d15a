"""How what an error asks for is done in the app."""

from ...domain.errors import Hint

WAYS: dict[Hint, str] = {
    "add activity": "press a on Today",
    "add sales activity": "press a on Today",
    "add contact": "press a in Buyers",
    "merge contacts": "press m in Buyers",
    "log": "press l on Today",
    "start timer": "press c",
    "stop timer": "press c",
    "another file": "leave with q, then needle --db PATH",
}

"""With whom is the call that is running?"""

from collections.abc import Callable

from ..kit.fields import TextField
from ..kit.form import Form


def contact_form(contact: str, save: Callable[[str], object]) -> Form[str]:
    """One line; the call goes on."""
    return Form(
        "Who are you talking to?",
        [TextField("contact", "Who", contact)],
        lambda contact: contact,
        save,
        hint="Enter saves; the call goes on",
    )

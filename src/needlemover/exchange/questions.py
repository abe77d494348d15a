"""What is asked about a file before it is imported; an answer is an option, as it is typed."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ..domain.errors import WrongUsageError

Pair = tuple[str, str]
"""An option and its value: `("map", "day=Datum")`; the value of a flag is empty."""


class Question(Struct, frozen=True):
    """What has to be known before a file can be read."""

    words: str  # a whole sentence
    choices: Mapping[str, Pair]  # answers in words; what is proposed stands first
    takes_many: bool = False


class Preview(Struct, frozen=True):
    """The first rows of a table under the fields that were recognised."""

    columns: tuple[str, ...]  # as the file calls them
    fields: tuple[str, ...]  # what each is read as; empty: it is not read
    rows: tuple[Sequence[str], ...]  # as they stand in the file
    outcomes: tuple[tuple[str, int, str | None], ...] = ()
    """Texts with how often each stands there and what it means; empty: left out; None: unknown."""


class QuestionsError(WrongUsageError):
    """A file cannot be read before the questions about it are answered."""

    def __init__(
        self,
        questions: Iterable[Question],
        said: Iterable[str] = (),
        preview: Preview | None = None,
    ) -> None:
        """Ask all that is open at once; `said` are sentences on what is known."""
        self.questions, self.said, self.preview = tuple(questions), tuple(said), preview
        super().__init__(" ".join(question.words for question in self.questions))

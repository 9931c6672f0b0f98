"""Errors of the regulation library.

CorpusError
├── ReferenceNotUnderstood   a text that should name an article does not
├── ArticleNotFound          the reference is well formed, the article is not in the library
├── QuoteNotVerbatim         a quotation does not occur in the article it is ascribed to
├── RegulationRejected       a source fails the checks on numbering, ending or closing provision
└── SourceUnreadable         a file can't be read as text

Every message is a Chinese sentence that can be shown to a user as it is.
"""


class CorpusError(Exception):
    """Base of everything that the library raises on purpose."""


class ReferenceNotUnderstood(CorpusError):
    """A text that should name an article does not."""


class ArticleNotFound(CorpusError):
    """The reference is well formed, but the library holds no such article."""


class QuoteNotVerbatim(CorpusError):
    """A quotation does not occur in the article it is ascribed to."""


class RegulationRejected(CorpusError):
    """A source fails the checks on numbering, ending or closing provision.

    Attributes:
        problems: one Chinese sentence each, with the line number in the source.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class SourceUnreadable(CorpusError):
    """A file can't be read as text."""

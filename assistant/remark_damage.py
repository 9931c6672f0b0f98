"""Citations -> notes on damaged text, where the damaged words are among those quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.answer import Remark
from corpus.citation import Citation

# Up to here it is plain which quotation a note belongs to.
_FEW = 2


def remark_damage(citations: Sequence[Citation]) -> tuple[Remark, ...]:
    """The notes that concern the words quoted, each once; those on a number always do.

    Where a regulation has many, each says which article it belongs to.
    """
    notes = dict.fromkeys(
        (citation.ref.regulation, citation.article.label, note)
        for citation in citations
        for note in citation.article.notes_on(citation.quote)
    )
    counts = Counter(regulation for regulation, _, _ in notes)
    return tuple(
        Remark(
            kind="damage",
            text=f"{label}：{note}" if counts[regulation] > _FEW else note,
            regulation=regulation,
        )
        for regulation, label, note in notes
    )

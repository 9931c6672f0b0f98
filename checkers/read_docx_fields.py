"""The fields of a DOCX that are open while it is read: contents, references, page numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

_CONTENTS_FIELD = "TOC"


def is_contents_field(instruction: str) -> bool:
    """Whether the instruction of a field makes a table of contents."""
    return instruction.strip().upper().startswith(_CONTENTS_FIELD)


@dataclass(slots=True)
class FieldState:
    """The complex fields that are open, across paragraphs.

    Attributes:
        instructions: of each open field, outermost first.
        in_result: of each open field, whether its result has begun.
    """

    instructions: list[str] = field(default_factory=list)
    in_result: list[bool] = field(default_factory=list)

    @property
    def shows_text(self) -> bool:
        """Whether text is a result and not an instruction."""
        return all(self.in_result)

    @property
    def in_contents(self) -> bool:
        """Whether a field for a table of contents is open."""
        # Asked for every paragraph, and nearly always there is no open field.
        return bool(self.instructions) and any(map(is_contents_field, self.instructions))

    def take(self, kind: str) -> None:
        """Note the begin, separate or end mark of a field."""
        if kind == "begin":
            self.instructions.append("")
            self.in_result.append(False)
        elif kind == "separate" and self.in_result:
            self.in_result[-1] = True
        elif kind == "end" and self.instructions:
            self.instructions.pop()
            self.in_result.pop()

    def instruct(self, text: str) -> None:
        """Note a piece of an instruction."""
        if self.instructions:
            self.instructions[-1] += text

    def drop_open_instructions(self) -> None:
        """Close the fields whose result never began: instructions don't cross paragraphs."""
        while self.in_result and not self.in_result[-1]:
            self.take("end")

"""Report cases: real-looking feasibility reports with verdicts that follow from how they were made.

Bases (texts) -> mutations (what is wrong) -> makes (what file) -> cases with expected verdicts.

Where the table of verdicts in the design leaves room, these are the conventions:

- A topic that only paragraphs treat, with substance but without any heading, is ``missing``
  (there is no section) or ``subsection`` (it stands in one, of another subject): both are right,
  and ``present`` is wrong. A single sentence is a mention in passing: ``missing``.
- A section treats its topic wherever it stands: below another chapter it is a ``subsection``,
  several such sections too. A fault weighs more than the place: what is hollow or blank in a
  section is ``incomplete`` or ``empty``.
- A chapter whose heading names two subjects is ``present`` for both, as far as each is treated.
- The row of a form is a chapter: its label is the heading, the text beside or below it the body.
- What a template tells the author to write is ``empty`` or ``incomplete``; a promise of another
  document and phrases are ``incomplete``; a blank or a placeholder is ``empty``; a heading over
  "there is none here" is any of ``incomplete``, ``empty``, ``missing``.
- Only 淅川 (article 26) names parts of the sharing chapter. Below another chapter, and under the
  strictest profile, a section that lacks one may be ``incomplete`` or what it is otherwise.
- Changes are read as accepted; hidden text and comments are no part of the report.

Whether a document is a feasibility report is asked of its kind, by its title:

- Yes: 可行性研究报告, and what is handed in for one: 项目建议书（代可行性研究报告）, 申报书
  （代可行性研究报告）.
- No: contracts, minutes about a report, tender and procurement documents (though the outline of a
  report stands in one), acceptance reports, the opinion of experts on a report, the regulations
  themselves. Their topics are not judged: nobody owes a chapter there.
- 初步设计 may be called either: it is another stage (智慧城市 article 10, 淅川 article 9), but
  智慧城市 article 14 and 淅川 article 26 ask the same chapters of it, so its topics are judged.
"""

from __future__ import annotations

"""Report cases: real-looking feasibility reports with verdicts that follow from how they were made.

Bases (texts) -> mutations (what is wrong) -> writers (what file) -> cases with expected verdicts.
"""

from __future__ import annotations

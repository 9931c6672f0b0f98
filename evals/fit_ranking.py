"""Fit the weights of ``assistant/data/ranking.json`` on the working part of the questions.

The measured part is never read here. Run: ``python -m evals.fit_ranking``.
"""

from __future__ import annotations

"""Question -> query: regions, concepts, words and facets, without the noise."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.concepts import ConceptMatch, Thesaurus
from assistant.facets import find_asked_facets
from assistant.find_regions import RegionFinder
from assistant.measure_units import asked_units
from assistant.mend_places import MendedPlace
from assistant.mend_typos import TypoMender
from assistant.split_words import find_nouns, split_words
from corpus.simplify_text import simplify_text

# A question is read up to here; what people paste behind it adds noise and time, not meaning.
MAX_QUESTION = 400

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f​-‏‪-‮⁠﻿￼�]")
_SPACE = re.compile(r"\s+")
# That all regions are meant is no part of what is asked of them.
_EVERYWHERE = re.compile("各(?:个|家)?(?:县市区?|市县|地方|地区|县区|地(?!区|方|址|块|段))的?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as the search sees it.

    Attributes:
        text: the question, cleaned, at most ``MAX_QUESTION`` characters.
        core: the text without the names of places, misspelt terms mended.
        regions: ids of the regulations to be searched that the question itself names.
        unknown_places: places that no regulation of the library applies to.
        concepts: concepts of the core, with their spans in it.
        words: words of the core that no concept covers.
        nouns: those of the words that name things.
        facets: what kind of thing is asked for.
        units: kinds of unit that a number is asked of.
        mended: a misspelt place that was taken for a region of the library.
    """

    text: str
    core: str
    regions: tuple[str, ...]
    unknown_places: tuple[str, ...]
    concepts: tuple[ConceptMatch, ...]
    words: tuple[str, ...]
    nouns: frozenset[str]
    facets: frozenset[str]
    units: frozenset[str]
    mended: MendedPlace | None = None

    @property
    def literals(self) -> tuple[str, ...]:
        """The words of the question behind its concepts, as typed."""
        return tuple(
            self.core[start:end]
            for match in self.concepts
            for start, end in match.spans
            if end <= len(self.core)
        )

    @property
    def concept_weights(self) -> dict[str, float]:
        """Weight of each concept; a broader concept counts half of the narrower one."""
        weights = {match.concept.name: match.concept.weight for match in self.concepts}
        for match in self.concepts:
            for broader in match.concept.broader:
                weights.setdefault(broader, match.concept.weight / 2)
        return weights


def clean_question(question: str) -> str:
    """The question in simplified characters, width folded, without control characters.

    Runs of spaces become one.
    """
    folded = simplify_text(unicodedata.normalize("NFKC", question[: MAX_QUESTION * 4]))
    return _SPACE.sub(" ", _CONTROL.sub("", folded)).strip()[:MAX_QUESTION]


def understand_question(
    question: str, finder: RegionFinder, thesaurus: Thesaurus, mender: TypoMender
) -> Query:
    """Read a question; never fails, whatever the text."""
    text = clean_question(question)
    places = finder.find(text)
    core = mender.mend(_EVERYWHERE.sub("", places.rest) or places.rest)
    concepts = thesaurus.find_asked(core)
    words = tuple(split_words(_without_concepts(core, concepts)))
    return Query(
        text=text,
        core=core,
        regions=places.regions,
        unknown_places=places.unknown_places,
        concepts=concepts,
        words=words,
        nouns=find_nouns(core).intersection(words),
        facets=find_asked_facets(core),
        units=asked_units(core),
        mended=places.mended,
    )


def _without_concepts(core: str, concepts: tuple[ConceptMatch, ...]) -> str:
    characters = list(core)
    for match in concepts:
        for start, end in match.spans:
            characters[start:end] = " " * (end - start)
    return "".join(characters)

"""Errors of the assistant.

AssistantError
├── RegionUnknown      a region id that the library does not hold
├── IndexUnusable      the index can't be built or read
├── ModelUnusable      a model named in the settings can't be loaded
└── ModelFailed        a language model did not answer, or not in time
"""


class AssistantError(Exception):
    """Base of everything that the assistant raises on purpose."""


class RegionUnknown(AssistantError):
    """A region id that the library does not hold."""


class IndexUnusable(AssistantError):
    """The index can't be built or read."""


class ModelUnusable(AssistantError):
    """A model named in the settings can't be loaded."""


class ModelFailed(AssistantError):
    """A language model did not answer, or not in time; the message names no remedy."""

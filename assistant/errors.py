"""Errors of the assistant.

AssistantError
├── RegionUnknown      a region id that the library does not hold
└── IndexUnusable      the index can't be built or read
"""


class AssistantError(Exception):
    """Base of everything that the assistant raises on purpose."""


class RegionUnknown(AssistantError):
    """A region id that the library does not hold."""


class IndexUnusable(AssistantError):
    """The index can't be built or read."""

"""What a cell gets and what it gives: a configuration, and what was found and measured.

The hash of a study's code covers what its cells import; how rows are kept and shown is not
imported here, so that it may change without making results stale.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | None


@dataclass(frozen=True)
class Config:
    """The settings of one cell, by name; the order in which they were given does not count.

    >>> Config.of(m=2, d=1000) == Config.of(d=1000, m=2), Config.of(m=2)["m"]
    (True, 2)
    """

    settings: tuple[tuple[str, Scalar], ...]

    @classmethod
    def of(cls, **settings: Scalar) -> "Config":
        """The configuration with these settings."""
        return cls(tuple(sorted(settings.items())))

    @classmethod
    def read(cls, text: str) -> "Config":
        """The configuration that has this `text`; ValueError if it is none."""
        found: Any = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError(f"found {text[:60]!r}; expected a JSON object of settings")
        return cls.of(**cast("dict[str, Scalar]", found))

    @property
    def text(self) -> str:
        """The settings as JSON, always the same for the same settings."""
        return canonical(dict(self.settings))

    def __getitem__(self, name: str) -> Any:
        """The setting; KeyError if there is none of this name."""
        return dict(self.settings)[name]

    def get(self, name: str, default: Any = None) -> Any:
        """The setting, or the default."""
        return dict(self.settings).get(name, default)


def canonical(content: Mapping[str, Any]) -> str:
    """The one JSON text of a mapping; ValueError for numbers that are not finite."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True)
class Result:
    """What a cell found, and what it measured of itself, which is another thing every time.

    `found` depends on the configuration, the seeds and the code alone: the same bits on a
    second run. `measured` holds seconds, bytes and the like.
    """

    found: Mapping[str, Value]
    measured: Mapping[str, Value] = field(default_factory=dict[str, Value])

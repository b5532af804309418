"""Seeds that depend on what is drawn and on nothing else.

The order of the cells, the number of workers and the executor change no random number; and
two methods of one study see the same data if they ask for it by the same words.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from .config import Config, Scalar, canonical

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Seeds:
    """The source of all randomness of the cells of one study and version.

    >>> seeds = Seeds("error-scaling", 1)
    >>> seeds.number("cloud", d=1000) == seeds.number("cloud", d=1000)
    True
    >>> seeds.number("cloud", d=1000) == seeds.number("cloud", d=1001)
    False
    """

    study: str
    version: int

    def digest(self, purpose: str, **settings: Scalar) -> str:
        """64 hexadecimal digits: the SHA-256 of the study, version, purpose and settings."""
        content = {
            "study": self.study,
            "version": self.version,
            "purpose": purpose,
            "settings": settings,
        }
        return sha256(canonical(content).encode()).hexdigest()

    def number(self, purpose: str, **settings: Scalar) -> int:
        """An integer >= 0 below 2^63."""
        return int(self.digest(purpose, **settings)[:16], 16) >> 1

    def generator(self, purpose: str, **settings: Scalar) -> "np.random.Generator":
        """A generator of its own for this purpose and these settings."""
        import numpy as np

        words = bytes.fromhex(self.digest(purpose, **settings))
        seed = [int.from_bytes(words[i : i + 4], "little") for i in range(0, 32, 4)]
        return np.random.Generator(np.random.PCG64(seed))

    def of_cell(self, config: Config) -> str:
        """The seed of a cell, by all of its settings."""
        return self.digest("cell", **dict(config.settings))

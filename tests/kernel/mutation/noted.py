"""Note in `survivors.toml` for which kernel the mutation tests passed, as `make mutants` does."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
TABLE = Path(__file__).with_name("survivors.toml")

# The tests that run in the same process, and fast: those that read the kernel's source, or
# start another Python, would see mutmut's wrappers, or none.
TESTS = (
    "facts",
    "gallery",
    "rationals",
    "reader",
    "moments",
    "power_sums",
    "level_sets",
    "distances",
    "counterexamples",
    "data",
    "main",
    "estimates",
    "limits",
)


def state(root: Path = ROOT) -> str:
    """The SHA-256 of the kernel and of the tests that its mutants meet."""
    tests = (root / f"tests/kernel/test_{name}.py" for name in TESTS)
    content = hashlib.sha256()
    for path in (*sorted((root / "ucomp_verify/kernel").glob("*.py")), *tests):
        content.update(path.read_bytes())
    return content.hexdigest()


def note() -> None:
    """Write the state into the table, in place of the last one."""
    before = TABLE.read_text(encoding="utf-8")
    after, count = re.subn(r'complete_for = "\w+"', f'complete_for = "{state()}"', before)
    if count != 1:
        raise ValueError(f"{TABLE.name}: found {count} lines complete_for; expected one")
    TABLE.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    note()

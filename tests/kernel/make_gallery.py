"""Writes the certificates under `valid/`, `forged/` and `malformed/`, and `gallery.toml`.

`python -m tests.kernel.make_gallery` in the root of the repository; `gallery.toml` maps
each forged or malformed file to a pattern of the reason for which it is refused.
"""

import json
import shutil
from pathlib import Path

from tests.kernel.forgeries import FORGERIES
from tests.kernel.malformations import MALFORMATIONS
from tests.kernel.valid_examples import NODES_FILE, VALID, WEIGHTS_FILE

HERE = Path(__file__).parent
FOLDERS = ("valid", "forged", "malformed")
NODES, WEIGHTS = "valid/points.npy", "valid/weights.npy"

_HEADER = """\
# Why each file is refused: a pattern that the beginning of the reason matches.
# Written by `python -m tests.kernel.make_gallery`.
"""


def _table(title: str, rows: dict[str, str]) -> str:
    lines = [f"'{name}' = '''{reason}'''" for name, reason in rows.items()]
    return "\n".join(["", f"[{title}]", *lines, ""])


def gallery() -> dict[str, bytes]:
    """The files by their names in this folder."""
    table = (
        _HEADER
        + _table("forged", {f"{f.name}.json": f.reason for f in FORGERIES})
        + _table("malformed", {f"{m.name}.json": m.reason for m in MALFORMATIONS})
        + "\n[with_data] # checked with the nodes and weights in valid/\n"
        + f"forged = {json.dumps([f'{f.name}.json' for f in FORGERIES if f.data])}\n"
    )
    named = {
        **{f"valid/{n}": b for n, b in VALID.items()},
        **{f"forged/{f.name}": f.body for f in FORGERIES},
    }
    return {
        "gallery.toml": table.encode(),
        NODES: NODES_FILE,
        WEIGHTS: WEIGHTS_FILE,
        **{f"{name}.json": _text(body) for name, body in named.items()},
        **{f"malformed/{m.name}.json": m.text for m in MALFORMATIONS},
    }


def _text(body: dict[str, object]) -> bytes:
    """One field a line."""
    lines = [f" {json.dumps(name)}: {json.dumps(value)}" for name, value in body.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def main() -> None:
    for folder in FOLDERS:
        shutil.rmtree(HERE / folder, ignore_errors=True)
    for name, text in gallery().items():
        (HERE / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / name).write_bytes(text)


if __name__ == "__main__":
    main()

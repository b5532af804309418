"""A headless Chromium, driven by the W3C WebDriver protocol and nothing but the library."""

import json
import re
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element in the protocol
_SECONDS = 60


@dataclass(frozen=True)
class Browser:
    """One browser window. `address` is that of the session at the driver."""

    address: str

    def open(self, file: Path) -> None:
        """Load a file."""
        self.call("POST", "url", {"url": file.as_uri()})

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of a JavaScript function returns."""
        return self.call("POST", "execute/sync", {"script": script, "args": list(arguments)})

    def click(self, selector: str) -> None:
        """Click in the middle of the first element; fails if something covers it."""
        self.call("POST", f"element/{self._find(selector)}/click", {})

    def type(self, selector: str, keys: str) -> None:
        """Type into the first element."""
        self.call("POST", f"element/{self._find(selector)}/value", {"text": keys})

    def devtools(self, command: str, **parameters: object) -> Any:
        """A command of the Chrome DevTools protocol."""
        return self.call("POST", "goog/cdp/execute", {"cmd": command, "params": parameters})

    def console(self) -> list[str]:
        """The warnings and errors of the console since the last call."""
        entries: list[dict[str, Any]] = self.call("POST", "se/log", {"type": "browser"})
        return [e["message"] for e in entries]

    def requests(self) -> list[str]:
        """The addresses that pages asked for since the last call; not those of Chromium itself."""
        entries: list[dict[str, Any]] = self.call("POST", "se/log", {"type": "performance"})
        events = [json.loads(e["message"])["message"] for e in entries]
        sent = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
        return [p["request"]["url"] for p in sent if not p["documentURL"].startswith("chrome://")]

    def call(self, verb: str, path: str, body: object = None) -> Any:
        """A command of the WebDriver protocol."""
        return _call(verb, f"{self.address}/{path}", body)

    def _find(self, selector: str) -> str:
        found = self.call("POST", "element", {"using": "css selector", "value": selector})
        return found[_ELEMENT]


def _call(verb: str, address: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = Request(address, data, {"Content-Type": "application/json"}, method=verb)
    with urlopen(request, timeout=_SECONDS) as answer:
        return json.load(answer)["value"]


@contextmanager
def browser(chromium: Path, driver: Path, profile: Path) -> Generator[Browser]:
    """A browser with an empty profile in the folder `profile`; it ends with the context."""
    with subprocess.Popen(
        [str(driver), "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            server = f"http://127.0.0.1:{_port(process)}"
            options = {
                "binary": str(chromium),
                "args": [*_FLAGS, f"--user-data-dir={profile}"],
            }
            wanted = {
                "goog:chromeOptions": options,
                "goog:loggingPrefs": {"browser": "WARNING", "performance": "ALL"},
            }
            session = _call("POST", f"{server}/session", {"capabilities": {"alwaysMatch": wanted}})
            address = f"{server}/session/{session['sessionId']}"
            try:
                yield Browser(address)
            finally:
                _call("DELETE", address)
        finally:
            process.terminate()


def _port(process: subprocess.Popen[str]) -> int:
    """The port that the driver says it listens on."""
    said: list[str] = []
    for line in process.stdout or ():
        said.append(line)
        if found := re.search(r"started successfully on port (\d+)", line):
            return int(found.group(1))
    raise RuntimeError(f"chromedriver did not start: {''.join(said)}")

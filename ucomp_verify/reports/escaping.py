"""Text that XML can hold."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    r"""The text with the characters that XML 1.0 forbids written as escapes.

    >>> xml_text("bell \x07 and < stay readable")
    'bell \\x07 and < stay readable'
    """
    return _FORBIDDEN.sub(lambda match: ascii(match.group())[1:-1], text)

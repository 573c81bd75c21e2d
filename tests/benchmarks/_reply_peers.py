"""One side of row "reply", run as a child: it answers a file of replies, so that a parser that hangs can be ended.

Not the table (reply.py). Called as `python -m tests.benchmarks._reply_peers SIDE FILE`; prints one JSON object.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

ROUNDS = 5


def ours() -> Callable[[str], str]:
    """daemon.mail.reading.replytext."""
    from daemon.mail.reading.replytext import written

    return lambda text: written(text).text


def mail_parser_reply() -> Callable[[str], str]:
    """With every language that it knows."""
    from mailparser_reply import EmailReplyParser
    from mailparser_reply.constants import MAIL_LANGUAGES

    known = EmailReplyParser(languages=sorted(MAIL_LANGUAGES))
    return lambda text: known.parse_reply(text=text) or ""


def email_reply_parser() -> Callable[[str], str]:
    """English only."""
    from email_reply_parser import EmailReplyParser

    return EmailReplyParser.parse_reply


SIDES = {
    "ours": ours,
    "mail-parser-reply": mail_parser_reply,
    "email-reply-parser": email_reply_parser,
}


def milliseconds(read: Callable[[str], str], text: str, rounds: int) -> float:
    """The median of some rounds, in time of the processor."""
    taken: list[float] = []
    for _ in range(rounds):
        begun = process_time()
        read(text)
        taken.append((process_time() - begun) * 1000)
    return statistics.median(taken)


def main(side: str, file: Path) -> None:
    """Every text with what was made of it and how long it took; a raise is an answer, too."""
    read = SIDES[side]()
    asked = json.loads(file.read_text("utf-8"))
    read("warm")
    said: list[str] = []
    took: list[float] = []
    for text in asked["texts"]:
        try:
            said.append(read(text))
            took.append(milliseconds(read, text, asked["rounds"]))
        except Exception as problem:
            said.append(f"{type(problem).__name__} was raised")
            took.append(0.0)
    print(json.dumps({"said": said, "took": took}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

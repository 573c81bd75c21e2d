"""What kind of mail this is: written by a person, or by which kind of machine (RFC 3834, RFC 6522).

Not who wrote it and not what it means. A machine's mail is never answered, so in doubt between two machines
nothing depends on which it is; between machine and person only headers, and subjects that programs write, count.
"""

from __future__ import annotations

from typing import Literal

from daemon.mail.reading.autoreply import is_auto_reply
from daemon.mail.reading.bounces import is_bounce
from daemon.mail.reading.calendar_part import ANSWERS, CalendarPart
from daemon.mail.reading.mime import Part

Kind = Literal["human", "auto-reply", "bounce", "complaint", "calendar", "list", "unreadable"]


def kind_of(
    mail: Part, text: str, subject: str, calendar: tuple[CalendarPart, Part] | None
) -> Kind:
    """An answer of a calendar program is one even when it was sent by itself (trap_95)."""
    if _is_complaint(mail, subject):
        return "complaint"
    if calendar and _is_calendar(*calendar, text):
        return "calendar"
    if is_bounce(mail, text, subject):
        return "bounce"
    if mail.type == "multipart/report" or mail.header("Return-Path").strip() == "<>":
        return "auto-reply"
    if is_auto_reply(mail, subject):
        return "auto-reply"
    return "list" if _is_list(mail) else "human"


def _is_complaint(mail: Part, subject: str) -> bool:
    """RFC 5965: somebody has pressed "this is spam". Microsoft sends the letter back under a subject of its own."""
    parts = list(mail.walk(into_mails=False))
    if subject.lower().startswith("complaint about message from"):
        return any(part.type == "message/rfc822" for part in parts)
    if mail.parameter("report-type") == "feedback-report":
        return True
    return any(part.type == "message/feedback-report" for part in parts)


def _is_calendar(said: CalendarPart, part: Part, text: str) -> bool:
    """A person may attach a calendar file to words of their own; only a program writes the rest."""
    by_hand = part.attached and "attachment" in part.header("Content-Disposition").lower()
    return said.method in ANSWERS or not (by_hand and text)


def _is_list(mail: Part) -> bool:
    if any(name in mail.head for name in ("List-Id", "List-Post", "X-Mailing-List")):
        return True
    if mail.header("Precedence").strip().lower() in ("bulk", "list", "junk"):
        return True
    return "List-Unsubscribe" in mail.head and "In-Reply-To" not in mail.head

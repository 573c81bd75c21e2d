"""index.html of a performance: moments with calendar, letter and reason, as six readers see them; no script.

Not a report on a real program: no command shows the body of a real letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from daemon.demo.happening import Happening
from daemon.demo.page.canaries import matrix
from daemon.demo.page.letters import mails, when_words
from daemon.demo.page.moments import Moment, moments
from daemon.demo.page.readers import Reading, quiet_weeks, readings
from daemon.demo.page.rows import left_out, rows_of
from daemon.demo.page.week import Week, week_around
from daemon.demo.record import Figures, Record
from daemon.domain.meeting import Origin
from daemon.mail.times import city
from daemon.privacy.purposes import kinds

HERE = Path(__file__).parent
TIMELINE_LINES_MAX = 25


def write_page(
    path: Path, record: Record, figures: Figures, start: datetime, *, own: bool = False
) -> None:
    """One file. `own` tells a program of one's own from the story that came along."""
    room = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    room.globals |= {"at": when_words, "city": city}
    room.filters["coded"] = coded
    css = (HERE / "page.css").read_text(encoding="utf-8")
    shown = content(record, figures, start)
    text = room.get_template("page.html").render(shown, own=own, css=css)
    path.write_text(text, encoding="utf-8")


def content(record: Record, figures: Figures, start: datetime) -> dict[str, Any]:
    """Everything the template is handed, computed."""
    told = mails(record)
    letters = list(told.values())
    lines, program = record.config.lines, record.config.programs[0]
    found = moments(record.happenings, told, lines, program)
    everybody = readings(record, letters)
    zones = [person.zone for line in lines for person in (line.mentor, line.mentee)]
    shown: dict[str, str] = {}
    for moment in found:
        for mail in moment.mails:
            shown.setdefault(mail.anchor, moment.kind.anchor)
    return {
        "program": program, "figures": figures, "pairs": lines, "moments": found, "told": told,
        "named": {moment.kind.anchor: moment for moment in found},
        "cities": list(dict.fromkeys(city(zone) for zone in zones)),
        "weeks": {moment.kind.anchor: _week(record, moment) for moment in found},
        "shown": shown, "rows": rows_of(record.happenings, told, shown, start, figures.weeks),
        "readings": everybody, "names": record.names, "letters": letters,
        "mentor": _busiest(everybody, "mentor"), "mentee": _who_wrote(everybody),
        "matrix": matrix(record, letters), "left_out": left_out(record.happenings),
        "quiet": quiet_weeks(letters, program.contact, start, figures.weeks),
        "to_advisor": [mail for mail in letters if mail.touchpoint == "advisor"],
        "erased": record.erased, "kept": kinds(), "corrected": _corrected(record), "timeline": _timeline(found, record.happenings), "yaml": without_comments(record.yaml),
    }  # fmt: skip


def coded(text: str) -> Markup:
    """A sentence whose names stand in backticks, as the documents have them."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


def without_comments(yaml: str) -> str:
    """What counts in a program file: beside the timeline it shows how little makes all of it."""
    lines = (line.partition("  #")[0].rstrip() for line in yaml.splitlines())
    return "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))


def _week(record: Record, moment: Moment) -> Week | None:
    """The week of whoever reads the letter on show; of the mentor where that is neither of the two."""
    line = moment.line
    origin = moment.origin or _nearest(record, moment)
    if line is None or origin is None or not moment.kind.calendar:
        return None
    readers = {person.address: person for person in (line.mentor, line.mentee)}
    reader = readers.get(moment.mails[0].address if moment.mails else "", line.mentor)
    until = max(step.at for step in moment.steps)
    return week_around(record, reader, moment.lane, origin, until)


def _nearest(record: Record, moment: Moment) -> Origin | None:
    """Of what is about no single 1:1: the nearest of the pair, of a break the nearest that it leaves out."""
    own = [meeting for (lane, _), meeting in record.meetings.items() if lane == moment.lane]
    left_out = [each for each in own if each.off]
    near = left_out if left_out and moment.kind.anchor == "break" else own
    return min((abs(m.start - moment.head.at), m.origin) for m in near)[1] if near else None


def _timeline(found: Sequence[Moment], happenings: Sequence[Happening]) -> list[Happening]:
    """What made the moments, then what people did about them, as many lines as fit beside the program file."""
    heads = dict.fromkeys(moment.head for moment in found)
    steps = [step for moment in found for step in moment.steps]
    acts = [step for step in steps if step.tone == "person"]
    chosen = set(list(dict.fromkeys([*heads, *acts, *steps]))[:TIMELINE_LINES_MAX])
    return [each for each in happenings if each in chosen]


def _corrected(record: Record) -> int:
    """How often the contact had to change the files."""
    name = record.config.programs[0].contact_name
    return sum(each.tone == "person" and each.word == name for each in record.happenings)


def _busiest(everybody: Sequence[Reading], role: str) -> Reading:
    own = [each for each in everybody if each.role == role]
    return max(own or everybody, key=lambda each: each.letters)


def _who_wrote(everybody: Sequence[Reading]) -> Reading:
    """The mentee who wrote most: those have most to lose."""
    own = [each for each in everybody if each.role == "mentee"]
    return max(own or everybody, key=lambda each: each.typed)

"""people.yaml: those who need more said about them than name and address.

Not the only source of people: a program file may introduce them by itself (roster.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from daemon.settings.fields import Values, read_block, refuse_secret
from daemon.settings.kinds import Key, Wrong
from daemon.settings.problem import Findings, names_secret, shown
from daemon.settings.roster import Known, Mention, Roster, slug
from daemon.settings.roster_table import PERSON
from daemon.settings.tree import Entries, Items, Node, Scalar

STRETCHES_MAX = 42

_EXAMPLE = "ana-rao: {name: Ana Rao, address: ana@example.org, zone: Europe/Berlin}"


def read_people(node: Node | None, findings: Findings, roster: Roster) -> None:
    """Take everybody of people.yaml into the roster."""
    for key, entry in _people(node, findings):
        before = len(findings.problems)
        values = read_block(entry, PERSON, findings)
        name, address = values.get("name"), values.get("address")
        if name is None or address is None:
            continue
        person_id = _key_of(key, values, findings)
        if person_id is None or _too_many_hours(values, findings):
            continue
        mention = Mention(
            "address", address.text, address.at, findings, "ok" in values and values["ok"].value
        )
        roster.add(
            Known(
                id=person_id,
                name=" ".join(name.value.split()),
                address=address.value,
                file=findings.file,
                at=entry.at,
                listed=True,
                values=values,
                sound=len(findings.problems) == before,
            ),
            mention,
        )


def _too_many_hours(values: Values, findings: Findings) -> bool:
    """Every line of a pairing carries the hours of its people, so they must stay few."""
    for name in ("hours", "blackout"):
        if name in values and len(values[name].value) > STRETCHES_MAX:
            findings.error(
                values[name].at,
                f"{name}:  has more than {STRETCHES_MAX} stretches a week.",
                "Write few long ones: short absences are seen on the calendar.",
            )
            return True
    return False


def _people(node: Node | None, findings: Findings) -> Iterator[tuple[Scalar | None, Entries]]:
    if isinstance(node, Items):
        pairs: list[tuple[Scalar | None, Node]] = [(None, item) for item in node.items]
    elif isinstance(node, Entries):
        pairs = list(node.entries)
    else:
        if node is not None and node.text:
            findings.error(node.at, "This is not a list of people.", f"For example: {_EXAMPLE}")
        return
    for key, entry in pairs:
        if isinstance(entry, Entries):
            yield key, entry
        elif key is not None and names_secret(key.text):
            refuse_secret(key, findings, "")
        else:
            shown_key = f"{shown(key.text)}:  " if key else ""
            at = key.at if key else entry.at
            findings.error(
                at, f"{shown_key}needs at least a name and an address.", f"For example: {_EXAMPLE}"
            )


def _key_of(key: Scalar | None, values: Values, findings: Findings) -> str | None:
    if key is not None:
        try:
            return Key().parse(key.text)
        except Wrong as wrong:
            meant = slug(key.text)[:40]
            findings.error(
                key.at,
                f"{shown(key.text)}:  {wrong.text}",
                f"Write {meant} before the colon." if meant else f"For example: {_EXAMPLE}",
            )
            return None
    if "id" in values:
        return str(values["id"].value)
    made = slug(values["name"].value) or slug(values["address"].value.partition("@")[0])
    return made[:40] or "person"

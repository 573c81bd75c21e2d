"""`meeting_types:` of a program file: for each type of 1:1 its agenda, with the place of every mistake; and how many
lines its neighbours may have.

Not which type a 1:1 is, and not how an agenda fills its time: daemon/decide/meeting_types.py.
"""

from __future__ import annotations

from daemon.domain.agenda import Agenda, Block, MeetingType
from daemon.settings.agenda_kinds import (
    BLOCKS_MOST,
    EXAMPLE,
    EXAMPLE_BLOCK,
    Agendas,
    Lines,
    block_of,
    type_of,
)
from daemon.settings.fields import Value, Values
from daemon.settings.kinds import Wrong
from daemon.settings.meeting_table import TYPES
from daemon.settings.problem import Findings, shown
from daemon.settings.tree import Entries, Items, Node, Scalar

_NAME = "meeting_types"
KINDS = {each.name: each.kind for each in TYPES if isinstance(each.kind, Lines)}


def add_agendas(values: Values, findings: Findings) -> None:
    """What a file says of types, read from its block; nothing of it where it says nothing."""
    written = values.get(_NAME)
    if written is not None:
        agendas = _agendas(written.value, findings)
        values[_NAME] = Value(agendas, Agendas().show(agendas), written.at)


def check_few_lines(values: Values, findings: Findings) -> None:
    """Lists of lines that have more than anybody would answer."""
    for name, value in values.items():
        kind = KINDS.get(name)
        if kind and len(value.value) > kind.lines_most:
            findings.error(
                (value.entries or (value,))[-1].at, f"{name}:  has more than {kind.lines_most} lines.",
                "Keep those that matter most: a letter asks for little.",
            )  # fmt: skip


def _agendas(node: Node, findings: Findings) -> tuple[Agenda, ...]:
    """Every good one. A type that is there twice has been told by whoever read the file."""
    if not isinstance(node, Entries):
        findings.error(
            node.at, f"{_NAME}:  is not a block of types.",
            "Write each type on a line of its own (regular:), and below it its blocks (- 5 how you are).",
        )  # fmt: skip
        return ()
    found = []
    for name, blocks in node.entries:
        try:
            agenda = _agenda(type_of(name.text), blocks, findings)
        except Wrong as wrong:
            findings.error(name.at, f"{_NAME}: {shown(name.text)}  {wrong.text}", wrong.advice)
            continue
        if agenda is not None:
            found.append(agenda)
    return tuple(found)


def _agenda(kind: MeetingType, node: Node, findings: Findings) -> Agenda | None:
    if not isinstance(node, Items) or not node.items:
        advice = "Begin each block with a hyphen: - 5 how you are"
        findings.error(node.at, f"{kind}:  has no list of blocks.", advice)
        return None
    if len(node.items) > BLOCKS_MOST:
        findings.error(
            node.items[BLOCKS_MOST].at, f"{kind}:  has more than {BLOCKS_MOST} blocks.",
            "Put some of them together: nobody follows more in one 1:1.",
        )  # fmt: skip
        return None
    blocks = [_block(kind, item, findings) for item in node.items]
    good = tuple(each for each in blocks if each is not None)
    return Agenda(kind, good) if len(good) == len(blocks) else None


def _block(kind: MeetingType, node: Node, findings: Findings) -> Block | None:
    if isinstance(node, Entries):
        advice = f'Put the whole line in quotes, if it is meant: - "{EXAMPLE_BLOCK}"'
        findings.error(
            node.at, f"{kind}:  has a block with a colon, which YAML takes for a name.", advice
        )
        return None
    if not isinstance(node, Scalar):
        findings.error(node.at, f"{kind}:  has a block that is no line of text.", EXAMPLE)
        return None
    try:
        return block_of(node.text)
    except Wrong as wrong:
        findings.error(
            node.at, f"{kind}: {shown(node.text)}  {wrong.text}", wrong.advice or EXAMPLE
        )
        return None

"""What advisors answer, and what comes back from their addresses.

Not what follows (daemon/decide/advising.py). An advisor is nobody of the files: a mail is theirs when it answers a letter
to them, by the word in its reply address or by its Message-ID, which nobody can guess, and comes from the address to which
that letter went, unless a server of ours says that it is forged. Nobody asks them to prove more: there is no letter left
for that, and a yes or a no moves nothing. What their calendar programs mail: answered.py.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Literal

from daemon.decide.keys import is_advisors, lane_of_key
from daemon.domain.advisor import Advisor, AdvisorSeen
from daemon.domain.observation import Passed
from daemon.domain.people import looked_up
from daemon.domain.world import Lane, PairingState
from daemon.identity import author_of, called_forged, letter_cited
from daemon.mail.reading.incoming import Incoming
from daemon.mail.reading.meaning import understand
from daemon.mail.reading.replytext import written
from daemon.mail.threads import named_letter, token_of
from daemon.ports import SentLetter, Store
from daemon.roster import Roster

log = logging.getLogger("oneonone")

NOS = ("no", "cannot", "skip", "ill", "leave")
TEXT_CHARACTERS_MAX = 400


def advised(
    incoming: Incoming, roster: Roster, store: Store, now: datetime
) -> tuple[Lane, AdvisorSeen] | Passed | None:
    """A person's answer to a letter to an advisor; None for all other mails."""
    letter = _letter(incoming, roster, store)
    if letter is None:
        return None
    lane, advisor = _whose(letter, store)
    program = roster.program_of(lane)
    if advisor is None or program is None:
        return Passed()
    known = {looked_up(each) for each in (advisor.address, program.letters_to) if each}
    if author_of(incoming) not in known or called_forged(incoming, roster):
        return None
    words = written(
        incoming.text, mailbox=program.mailbox, letter=letter.marks, writer=incoming.writer
    ).text  # fmt: skip
    line = roster.lines[lane]
    meaning = understand(
        words, line.person(advisor.by).first, "mentee", own_name=incoming.writer,
        today=now.astimezone(roster.zones[line.anchor]).date(), language=line.person(advisor.by).language,
        letter="advisor",
    )  # fmt: skip
    said = _said(next((each.word for each in meaning.said), ""))
    text = words if said == "words" else meaning.text
    if said == "words" and not text.strip():
        return Passed()
    line_of_text = " ".join(text.split())[:TEXT_CHARACTERS_MAX]
    log.info("event=advisor-heard said=%s", said)
    return lane, AdvisorSeen(
        advisor.id, letter.key, said, incoming.message_id or letter.key, now, line_of_text
    )


def advisor_unreached(
    letter: SentLetter, hard: bool, store: Store, now: datetime
) -> tuple[Lane, AdvisorSeen] | None:
    """A letter to an advisor that came back for good; None for what may still arrive, and for other letters."""
    if not is_advisors(letter.lane) or not hard:
        return None
    lane, advisor = _whose(letter, store)
    if advisor is None:
        return None
    return lane, AdvisorSeen(advisor.id, letter.key, "bounced", letter.key, now)


def _letter(incoming: Incoming, roster: Roster, store: Store) -> SentLetter | None:
    cited = letter_cited(incoming, store)
    if cited is None and (token := token_of(incoming.to_addresses)):
        named = (store.letter(named_letter(token, box)) for box in roster.mailboxes())
        cited = next((each for each in named if each), None)
    return cited if cited and is_advisors(cited.lane) else None


def _whose(letter: SentLetter, store: Store) -> tuple[Lane, Advisor | None]:
    lane = lane_of_key(letter.key)
    state = store.world(lane).state
    known = state.advisors if isinstance(state, PairingState) else ()
    return lane, next((each for each in known if each.id == letter.person), None)


def _said(word: str) -> Literal["yes", "no", "stop", "words"]:
    if word == "yes":
        return "yes"
    if word == "stop":
        return "stop"
    return "no" if word in NOS else "words"

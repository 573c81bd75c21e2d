"""Whether an account at Microsoft 365 works, as `connect` and `doctor` look at it.

Not a change of a calendar: it is asked whether there is one. A mailbox gets one mail to itself, which is removed again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from connectors.mails import WAITS, ToItself
from connectors.microsoft.access import Access, path_of, until
from connectors.microsoft.busy import shown_to
from connectors.microsoft.mail import MicrosoftMail
from connectors.microsoft.refusals import NotAllowed
from daemon.domain.meeting import Slot
from daemon.domain.observation import Busy
from daemon.errors import AccessLost, ConnectorError
from daemon.ports import OutgoingLetter
from daemon.ports.probe import Check, Probe

AGAIN = "Connect it again; where your tenant wants an admin to agree first, docs/connect-microsoft365.md says what to ask for."
_ANOTHER = (
    "Sign in as {}; or write the account's own address in the files, if this is another name of it."
)
_JUNK = "Look into its junk folder and its rules, then connect again."
_PLUS = "Answers are told apart by the letter that they cite instead; whoever writes anew is asked what is meant."


def probe_calendar(access: Access, *, of_owner: bool) -> Probe:
    """`of_owner`: whether its owner has let us in, and not the admin. It never raises for what Microsoft does."""
    address, now = access.address, access.clock.now()
    try:
        if of_owner and (who := _another(access)):
            said = f"it is {who} who has let us in"
            return Probe(address, (Check("login", "bad", said, _ANOTHER.format(address)),))
        half_an_hour = Slot(now, now + timedelta(minutes=30))
        query = {"startDateTime": until(half_an_hour.start), "endDateTime": until(half_an_hour.end), "$select": "id"}  # fmt: skip
        access.ask("GET", "/calendarView", query=query)
        checks = [
            Check("login", "good", "Microsoft lets us in"),
            Check("calendar", "good", "1:1s are kept in the main calendar, and Microsoft invites the mentees"),
        ]  # fmt: skip
        if not isinstance(shown_to(access, [address], half_an_hour)[address], Busy):
            said = "it does not say when anybody is busy"
            checks.append(Check("capabilities", "look", said, "Times are asked for by mail then."))
        return Probe(address, tuple(checks))
    except ConnectorError as why:
        return Probe(address, (_barred(why),))


def probe_mailbox(
    access: Access, letters_a_day: int, wait: Callable[[float], None], *, of_owner: bool
) -> Probe:
    """A mail to itself is sent, found and removed."""
    address, checks = access.address, list[Check]()
    try:
        if of_owner and (who := _another(access)):
            said = f"it is {who} who has let us in"
            return Probe(address, (Check("login", "bad", said, _ANOTHER.format(address)),))
        checks.append(Check("login", "good", "Microsoft lets us in"))
        for to_plus in (True, False):
            ours = ToItself.new(address)
            to = ours.plus if to_plus else address
            raw = ours.raw(to, access.clock.now())
            letter = OutgoingLetter(ours.key, ours.message_id, address, to, raw)
            given = MicrosoftMail(access).send(letter, key=letter.key).message_id
            seconds = _arrived(access, given, wait)
            _remove(access, given)
            if seconds is None:
                continue
            checks.append(Check("round trip", "good", f"a mail to itself arrived in {seconds:.0f} s"))  # fmt: skip
            plus = ours.plus.replace(f"probe-{ours.word}", "word")
            checks.append(
                Check("plus-addressing", "good", f"{plus} arrives")
                if to_plus
                else Check("plus-addressing", "look", f"{plus} does not arrive", _PLUS)
            )
            said = f"{letters_a_day} letters a day are sent at most, the rest waits"
            return Probe(address, (*checks, Check("limits", "good", said)))
        said = "a mail to itself was accepted and did not arrive in a minute"
        return Probe(address, (*checks, Check("round trip", "bad", said, _JUNK)))
    except ConnectorError as why:
        return Probe(address, (*checks, _barred(why)))


def _another(access: Access) -> str:
    """Who has let us in, where that is none of the names of this account; empty where it is."""
    told = access.ask("GET", "", query={"$select": "mail,userPrincipalName,proxyAddresses"})
    more = [str(each).partition(":")[2] for each in told.get("proxyAddresses") or ()]
    names = [str(told.get(each) or "") for each in ("mail", "userPrincipalName")] + more
    known = [each.lower() for each in names if each]
    return "" if access.address in known else next(iter(known), "somebody without an address")


def _arrived(access: Access, message_id: str, wait: Callable[[float], None]) -> float | None:
    """After how many seconds it lay in the inbox; None where it does not."""
    spent = 0.0
    for seconds in WAITS:
        if _named(access, "inbox", message_id):
            return spent
        wait(seconds)
        spent += seconds
    return None


def _named(access: Access, folder: str, message_id: str) -> list[str]:
    query = {"$filter": f"internetMessageId eq '{message_id}'", "$select": "id"}
    answer = access.ask("GET", f"/mailFolders/{folder}/messages", query=query)
    return [str(each["id"]) for each in answer.get("value", ())]


def _remove(access: Access, message_id: str) -> None:
    names = [name for each in ("inbox", "sentitems") for name in _named(access, each, message_id)]
    access.several([f"/messages/{path_of(name)}/permanentDelete" for name in names], "POST")


def _barred(why: ConnectorError) -> Check:
    match why:
        case NotAllowed():
            return Check("login", "bad", "not everything was allowed that is needed", AGAIN)
        case AccessLost():
            return Check("login", "bad", "Microsoft does not let us in any more", AGAIN)
        case _:
            return Check("reachability", "bad", str(why))

"""Folders of one mailbox: what lies in them, what takes place in a window, what has changed.

Not single items: operations.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.servers.exchange.items import (
    EXTENDED,
    Item,
    Mailbox,
    Occurrence,
    moment_of,
    name_of_tag,
    shown,
)
from tests.servers.exchange.post import fits
from tests.servers.exchange.soap import (
    Element,
    Refused,
    child,
    done,
    inside,
    local,
    made,
    response,
    text_of,
)

if TYPE_CHECKING:
    from tests.servers.exchange import Exchange

FOLDERS = (
    "calendar",
    "inbox",
    "sentitems",
    "drafts",
    "deleteditems",
    "recoverableitemsdeletions",
    "root",
    "msgfolderroot",
)


class Folders:
    """What one account asks about. `here`: the zone of the request, by its name in Windows."""

    def __init__(self, exchange: Exchange, box: Mailbox, here: str) -> None:
        self.exchange, self.box, self.here = exchange, box, here

    def get_folder(self, asked: Element) -> Element:
        """GetFolder: they have the names by which they are asked for."""
        messages = []
        for each in inside(asked, "FolderIds"):
            name = self._folder(each)
            kind = "CalendarFolder" if name == "calendar" else "Folder"
            folder = made(
                f"t:{kind}",
                made("t:FolderId", Id=f"folder-{name}", ChangeKey="f1"), made("t:FolderClass", "IPF.Appointment" if kind == "CalendarFolder" else "IPF.Note"),
                made("t:DisplayName", name.title()), made("t:TotalCount", str(len(self._lying(name)))), made("t:ChildFolderCount", "0"),
            )  # fmt: skip
            messages.append(done("GetFolder", made("m:Folders", folder)))
        return response("GetFolder", messages)

    def _folder(self, named: Element | None) -> str:
        if named is None:
            raise Refused("ErrorFolderNotFound")
        whose = text_of(named, "Mailbox", "EmailAddress").lower()
        if whose not in ("", self.box.address):
            raise Refused("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")  # fmt: skip
        name = str(named.get("Id")).removeprefix("folder-")
        if name not in FOLDERS:
            raise Refused("ErrorFolderNotFound")
        return name

    def _lying(self, folder: str) -> list[Item]:
        return [each for each in self.box.items.values() if each.folder == folder]

    def find(self, asked: Element) -> Element:
        """FindItem: what takes place in a window, or what carries an extended property."""
        folder = self._folder(_first(asked, "ParentFolderIds"))
        wanted, view = wanted_in(child(asked, "ItemShape")), child(asked, "CalendarView")
        found = list(self._in_view(folder, view) if view is not None else self._wanted(folder, asked))  # fmt: skip
        paged = child(asked, "IndexedPageItemView")
        first = int(paged.get("Offset", "0")) if paged is not None else 0
        most = int(paged.get("MaxEntriesReturned", "1000")) if paged is not None else len(found)
        page = found[first : first + most]
        items = made("t:Items", *(shown(*each, wanted, self.box) for each in page))
        last = first + len(page) >= len(found)
        root = made("m:RootFolder", items, TotalItemsInView=str(len(found)), IncludesLastItemInRange=str(last).lower())  # fmt: skip
        if paged is not None:
            root.set("IndexedPagingOffset", str(first + len(page)))
        return response("FindItem", [done("FindItem", root)])

    def _in_view(self, folder: str, view: Element) -> Iterator[tuple[Item, Occurrence | None]]:
        begin = moment_of(str(view.get("StartDate")), self.here)
        end = moment_of(str(view.get("EndDate")), self.here)
        every = [(item, each) for item in self._lying(folder) for each in item.times()]
        for item, each in sorted(every, key=lambda pair: pair[1].start):
            if each.start < end and each.end > begin:
                yield item, each if item.recurs else None

    def _wanted(self, folder: str, asked: Element) -> Iterator[tuple[Item, None]]:
        test = child(asked, "Restriction")
        for item in self._lying(folder):
            if test is None or fits(item, test):
                yield item, None

    def sync(self, asked: Element) -> Element:
        """SyncFolderItems: of a series the master alone, each item once."""
        folder = self._folder(_first(asked, "SyncFolderId"))
        wanted = wanted_in(child(asked, "ItemShape"))
        state = text_of(asked, "SyncState")
        since = int(state.removeprefix("state-")) if state.startswith("state-") else 0
        if state and (not state.startswith("state-") or since < self.box.oldest or since > len(self.box.log)):  # fmt: skip
            raise Refused("ErrorInvalidSyncStateData")
        most = int(text_of(asked, "MaxChangesReturned"))
        changes: list[Element] = []
        reached = since
        told: set[str] = set()
        for number in range(since, len(self.box.log)):
            if len(changes) == most:
                break
            where, _, name = self.box.log[number]
            reached = number + 1
            if where != folder or name in told:
                continue
            told.add(name)
            created = any(w == "create" and n == name for _, w, n in self.box.log[since:])
            if name in self.box.items and self.box.items[name].folder == folder:
                item = shown(self.box.items[name], None, wanted, self.box)
                changes.append(made("t:Create" if created else "t:Update", item))
            elif not created:
                changes.append(made("t:Delete", made("t:ItemId", Id=name, ChangeKey="gone")))
        last = str(reached == len(self.box.log)).lower()
        return response("SyncFolderItems", [done(
            "SyncFolderItems", made("m:SyncState", f"state-{reached}"), made("m:IncludesLastItemInRange", last),
            made("m:Changes", *changes),
        )])  # fmt: skip


def _first(asked: Element, name: str) -> Element | None:
    return next(iter(inside(asked, name)), None)


def wanted_in(shape: Element | None) -> list[str] | None:
    """The names of the children that are asked for; None for all."""
    if text_of(shape, "BaseShape") in ("Default", "AllProperties"):
        return None
    names = []
    for each in inside(shape, "AdditionalProperties") if shape is not None else ():
        if local(each) == "FieldURI":
            names.append(str(each.get("FieldURI")).partition(":")[2])
        elif local(each) == "ExtendedFieldURI":
            names.append(f"{EXTENDED}/{name_of_tag(each)}")
    return names

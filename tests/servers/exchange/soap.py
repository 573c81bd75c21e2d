"""SOAP as Exchange Web Services speak it: names, envelopes, response messages and faults.

Not what an operation does: operations.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

Element = etree._Element
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"
ERRORS = "http://schemas.microsoft.com/exchange/services/2006/errors"
SPACES = {"s": SOAP, "m": MESSAGES, "t": TYPES}
VERSION = {"MajorVersion": "15", "MinorVersion": "2", "MajorBuildNumber": "2562", "MinorBuildNumber": "17", "Version": "V2017_07_11"}  # fmt: skip
"""Exchange Subscription Edition."""


def made(name: str, *children: Element | str | None, **attributes: str) -> Element:
    """`t:Subject` or `m:Items`, with children, or with a text."""
    space, _, local = name.partition(":")
    element = etree.Element(f"{{{SPACES[space]}}}{local}", nsmap={"m": MESSAGES, "t": TYPES})
    for key, value in attributes.items():
        element.set(key, value)
    for child in children:
        if isinstance(child, str):
            element.text = child
        elif child is not None:
            element.append(child)
    return element


def local(element: Element) -> str:
    """Its name without a namespace."""
    return etree.QName(element).localname


def child(element: Element, *path: str) -> Element | None:
    """The first child of that name in either namespace, and of that one, and so on."""
    at: Element | None = element
    for name in path:
        if at is None:
            return None
        at = next((each for each in at if isinstance(each.tag, str) and local(each) == name), None)
    return at


def inside(element: Element, *path: str) -> list[Element]:
    """What is in that child; nothing where there is none."""
    found = child(element, *path)
    return [] if found is None else list(found)


def text_of(element: Element | None, *path: str) -> str:
    """The text of that child; empty where there is none."""
    found = element if element is None or not path else child(element, *path)
    return "" if found is None or found.text is None else found.text


def envelope(body: Element) -> bytes:
    """An answer, with the version of the server in its head."""
    head = made("s:Header", made("t:ServerVersionInfo", **VERSION))
    whole = made("s:Envelope", head, made("s:Body", body))
    return etree.tostring(whole, xml_declaration=True, encoding="utf-8")


class Refused(Exception):
    """One thing that was asked for cannot be done: a response message of class Error."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code, self.said = code, said or code

    def message(self, name: str) -> Element:
        """As a response message."""
        state = [made("m:SyncState"), made("m:IncludesLastItemInRange", "true")]
        return made(
            f"m:{name}ResponseMessage",
            made("m:MessageText", self.said), made("m:ResponseCode", self.code), made("m:DescriptiveLinkKey", "0"),
            *(state if name == "SyncFolderItems" else ()), ResponseClass="Error",
        )  # fmt: skip


def done(name: str, *parts: Element) -> Element:
    """A response message of class Success."""
    return made(
        f"m:{name}ResponseMessage", made("m:ResponseCode", "NoError"), *parts, ResponseClass="Success"
    )  # fmt: skip


def response(name: str, messages: Iterable[Element]) -> Element:
    """The answer to an operation."""
    return made(f"m:{name}Response", made("m:ResponseMessages", *messages))


def fault(code: str, said: str, back_off_milliseconds: int | None = None) -> bytes:
    """A SOAP fault with a code of Exchange in its detail."""
    detail = etree.Element("detail", nsmap={"e": ERRORS, "t": TYPES})
    etree.SubElement(detail, f"{{{ERRORS}}}ResponseCode").text = code
    etree.SubElement(detail, f"{{{ERRORS}}}Message").text = said
    if back_off_milliseconds is not None:
        wait = made("t:Value", str(back_off_milliseconds), Name="BackOffMilliseconds")
        detail.append(made("t:MessageXml", wait))
    inner = made("s:Fault")
    etree.SubElement(inner, "faultcode").text = f"a:{code}"
    etree.SubElement(inner, "faultstring").text = said
    inner.append(detail)
    return etree.tostring(
        made("s:Envelope", made("s:Body", inner)), xml_declaration=True, encoding="utf-8"
    )

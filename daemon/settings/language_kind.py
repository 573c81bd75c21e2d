"""The kind of value that names a language of letters: `en`, `pt`, `pt-BR`.

Not whether there are letters in it: that is said by `check`, which knows the templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from daemon.settings.kinds import Wrong

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?")


@dataclass(frozen=True, slots=True)
class Language:
    """A code of BCP 47 that CLDR knows, whatever its capitals."""

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        return "the code of a language, like en, pt or pt-BR"

    def parse(self, text: str) -> str:
        """The code as its folder of templates is called: `pt_br` is `pt-BR`."""
        from babel.localedata import exists

        base, *rest = re.split("[-_]", text)
        code = "-".join([base.lower(), *(_cased(each) for each in rest)])
        if _CODE.fullmatch(text) and exists(base.lower()):
            return code
        meant = _by_name(text)
        raise Wrong("is not known.", f"Did you mean {meant}?" if meant else "")

    def show(self, value: str) -> str:
        """The code."""
        return value


def _cased(part: str) -> str:
    return part.title() if len(part) == 4 else part.upper()


def _by_name(text: str) -> str:
    """The code of a language that was called by its name, in English or in itself."""
    from babel import Locale

    name = text.strip().casefold()
    english = {told.casefold(): code for code, told in Locale("en").languages.items()}
    if name in english:
        return str(english[name])
    own = (Locale(code) for code in ("de", "en", "es", "fr", "hi", "it", "nl", "pl", "pt", "zh"))
    return next((str(each) for each in own if each.languages[str(each)].casefold() == name), "")

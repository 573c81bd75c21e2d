"""All rows of the five guides, in their order.

Not the page: book.py makes docs/guides.md of them.
"""

from __future__ import annotations

from tests.guides.ctan import CTAN
from tests.guides.km import KM
from tests.guides.koss import KOSS
from tests.guides.practical import PRACTICAL
from tests.guides.row import Row
from tests.guides.wealljs import WEALLJS

GUIDES: dict[str, tuple[str, tuple[Row, ...]]] = {
    "koss": ("Mentoring at a student society (KOSS, IIT Kharagpur)", KOSS),
    "practical": ("1:1s at work, a practical guide (after Steven Rogelberg, 2024)", PRACTICAL),
    "wealljs": ("Mentoring of developers by weekly calls (WeAllJS)", WEALLJS),
    "ctan": ("Two sessions between researchers (CTAN)", CTAN),
    "km": ("Programs of an organization (a knowledge-management framework)", KM),
}
ROWS: tuple[Row, ...] = tuple(row for _, rows in GUIDES.values() for row in rows)

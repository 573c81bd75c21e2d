"""The 80 iTIP cases of another project against the broker: which pass, and why each other one does not.

Not our own cases: test_scheduling.py and test_answering.py.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.itip.measure import REASONS, corpus, outcomes, table


def test_all_80_are_tried_and_whatever_does_not_pass_has_its_reason() -> None:
    if not corpus().exists():
        pytest.skip("the iTIP corpus is not here; set ONEONONE_SHARED to its folder")
    found = list(outcomes())
    print(table(found))
    passed = Counter(each.group for each in found if each.passed)
    assert len(found) == 80
    assert {each.name for each in found if not each.passed} == REASONS.keys()
    assert passed == {
        "New": 14, "Update": 12, "Delete": 5, "ProcessReply": 14, "ProcessMessage": 3, "SignificantChanges": 5,
        "AttendeeReply": 5, "Evolution": 2,
    }  # fmt: skip

"""Some forty mistakes that admins make first, each with the very message that answers it.

Not every mistake there is: the tables of tests/settings/test_wrong_*.py go on where these end.
"""

from tests.settings.forty import files, letters, people, rosters, texts, values
from tests.settings.forty.mistake import Mistake, told

__all__ = ["MISTAKES", "Mistake", "told"]

MISTAKES: tuple[Mistake, ...] = (
    *files.MISTAKES, *values.MISTAKES, *people.MISTAKES, *rosters.MISTAKES, *letters.MISTAKES,
    *texts.MISTAKES,
)  # fmt: skip

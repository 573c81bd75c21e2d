"""A mistake in a template, as whoever wrote it reads it.

Not its line: tests/mail/test_render.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from daemon.mail.fixtures import FIXTURES
from daemon.mail.render import Templates
from daemon.mail.source import TemplateFailed

SHIPPED = Path(__file__).resolve().parents[2] / "templates"
MISTAKES = {
    "{{ me.frist }}": "a person has no frist. Did you mean first?",
    "{{ partner.wife }}": "a person has no wife.",
    "{{ strat }}": "strat is not known here. Did you mean start?",
    "{{ program.contact_nam }}": "a program has no contact_nam. Did you mean contact_name?",
    "{{ 1 / 0 }}": "division by zero",
}


@pytest.mark.parametrize("wrong", MISTAKES)
def test_a_mistake_is_told_without_python_in_it(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "moved.md").write_text(f"---\nthread: T\nreads: time\n---\n\n{wrong}\n")
    with pytest.raises(TemplateFailed) as raised:
        Templates([tmp_path, SHIPPED]).render("moved", "en", FIXTURES["moved"][0].context())
    assert (raised.value.line, raised.value.why) == (6, MISTAKES[wrong])

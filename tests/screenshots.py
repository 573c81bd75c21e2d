"""The pictures in README: the page of the demo in headless Chromium, by day and by night, wide and on a phone.

Not a comparison of pixels: fonts differ from machine to machine. What is checked is that no view is wider than its
window, and that the pictures stay small.

    python -m tests.screenshots              into docs/img
    python -m tests.screenshots --out DIR [--page INDEX.HTML]    of a demo that has been played already
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BYTES_MAX = 300_000
"""Of all pictures together: they are cloned with the repository."""


@dataclass(frozen=True)
class View:
    """One picture: of the whole page from its top, or of the one element that is shown. Not `kept`, it is only
    looked at."""

    name: str
    width: int
    height: int
    dark: bool
    shows: str = ""
    kept: bool = True


VIEWS = (
    View("page", 1280, 590, dark=False),
    View("moment", 1280, 620, dark=False, shows="repaired"),
    View("phone", 390, 600, dark=True, shows="repaired"),
    View("whole-on-a-phone", 390, 600, dark=False, kept=False),
    View("whole-on-a-tablet", 800, 600, dark=False, kept=False),
)
ONLY = (
    "<style>.top, footer, main > section:not(#{0}) {{ display: none !important }}"
    "main > #{0} {{ border: 0; margin: 0 }}{1}</style></head>"
)
ON_PHONE = "#{0} :is(.diary, .reasons) {{ display: none }}"
FRAME = """<!DOCTYPE html><title>waiting</title>
<style>html, body {{ margin: 0 }} iframe {{ border: 0; width: {width}px; height: {height}px }}</style>
<iframe src="{page}" onload="document.title = 'wide ' + this.contentDocument.documentElement.scrollWidth"></iframe>
"""


def main() -> int:
    """Exit 0 with pictures, or without where there is no browser; 1 where a view is wrong."""
    parser = argparse.ArgumentParser(description="Make the pictures in README.")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "img")
    parser.add_argument("--page", type=Path, help="default: a demo is played for it")
    given = parser.parse_args()
    out: Path = given.out
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"skipped: no browser here (looked for {', '.join(BROWSERS)})")
        return 0
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = (given.page or played(home)).read_text(encoding="utf-8")
        wrong = [said for view in VIEWS if (said := picture(browser, view, source, home, out))]
    pictures = [out / f"{view.name}.png" for view in VIEWS if view.kept]
    size = sum(path.stat().st_size for path in pictures)
    if size > BYTES_MAX:
        wrong.append(f"the pictures have {size} bytes, at most {BYTES_MAX}")
    print("\n".join(wrong) or f"{len(pictures)} pictures in {out}, {size} bytes")
    return 1 if wrong else 0


def played(home: Path) -> Path:
    """The page of a demo."""
    demo = [sys.executable, str(ROOT / "run.py"), "demo", "--fast"]
    subprocess.run(demo, cwd=home, check=True, stdout=subprocess.DEVNULL)
    return home / "demo-out" / "index.html"


def picture(browser: str, view: View, source: str, home: Path, out: Path) -> str:
    """Make it; what is wrong with it, empty where nothing is."""
    page, frame = home / f"{view.name}-page.html", home / f"{view.name}.html"
    phone = ON_PHONE.format(view.shows) if view.width < 500 else ""
    only = ONLY.format(view.shows, phone) if view.shows else "</head>"
    page.write_text(source.replace("</head>", only), encoding="utf-8")
    # A window of a browser is never as narrow as a phone, a frame in it is.
    frame.write_text(FRAME.format(width=view.width, height=view.height, page=page.name))
    command = [
        browser, "--headless=new", "--disable-gpu", "--hide-scrollbars",
        "--allow-file-access-from-files", "--virtual-time-budget=5000",
        f"--blink-settings=preferredColorScheme={0 if view.dark else 1}",
        f"--window-size={view.width},{view.height}", f"--user-data-dir={home / 'profile'}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
    ]  # fmt: skip
    url = frame.as_uri()
    target = out / f"{view.name}.png"
    if view.kept:
        shot = [*command, f"--screenshot={target}", url]
        subprocess.run(shot, check=True, capture_output=True, timeout=120)
    dom = [*command, "--dump-dom", url]
    seen = subprocess.run(dom, check=True, capture_output=True, text=True, timeout=120).stdout
    wide = re.search(r"<title>wide (\d+)</title>", seen)
    if wide is None:
        return f"{view.name}: the page did not load"
    over = int(wide[1]) > view.width
    return f"{view.name}: {wide[1]} px wide in a window of {view.width}" if over else ""


if __name__ == "__main__":
    sys.exit(main())

"""Make the pictures in README.md and CONTRIBUTING.md from the built site: python tests/screenshot.py (after make site)."""

from __future__ import annotations

import tempfile
from html import escape
from pathlib import Path

from conftest import BROWSER_FLAGS, ROOT, copy_repository, run, serving
from find_browser import find
from playwright.sync_api import Page, sync_playwright

from generator.preview import main as make_preview

WIDTH, HEIGHT = 1100, 720
TIP = "tips/12-varieer-in-vorm-persoonlijk-contact/"
# Mistakes that are often made, in the file of a tip: what stands there and what someone wrote.
MISTAKES = (("theme: gebruiksgemak", "theme: gebruikgemak"), ("\nreviewed: 2", "\nreviewed: 21-11-2"), ("\neffort:", "\nefort:"))
TERMINAL = '<body style="margin:0;padding:16px;background:#1e1e1e;color:#eee;font:15px/1.5 monospace;white-space:pre-wrap;overflow-wrap:anywhere">{}'


def messages() -> str:
    """Return what an editor sees in the terminal after making mistakes."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = copy_repository(Path(temporary, "tipwijzer"))
        file = next((folder / "tips").glob("012-*.yml"))
        text = file.read_text(encoding="utf-8")
        for right, wrong in MISTAKES:
            text = text.replace(right, wrong, 1)
        file.write_text(text, encoding="utf-8")
        return f"$ .venv/bin/tipwijzer check\n{run('check', cwd=folder).stdout}"


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=ROOT / "docs" / name, type="jpeg", quality=72)


def main() -> None:
    with serving(ROOT / "site") as base, sync_playwright() as playwright, tempfile.TemporaryDirectory() as temporary:
        browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(base)
        take(page, "home.jpg")
        page.goto(base + TIP)
        page.get_by_role("link", name="Verbeter deze tip").scroll_into_view_if_needed()
        take(page, "verbeter-deze-tip.jpg")
        make_preview(ROOT / "site", Path(temporary, "none"), Path(temporary, "preview"))
        page.goto(Path(temporary, "preview", TIP, "index.html").as_uri())
        take(page, "voorbeeld.jpg")
        page.set_viewport_size({"width": WIDTH, "height": 260})
        page.set_content(TERMINAL.format(escape(messages())))
        take(page, "meldingen.jpg")
        browser.close()


if __name__ == "__main__":
    main()

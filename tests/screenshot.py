"""Make the picture in the README from the built site: python tests/screenshot.py (after make site)."""

from conftest import BROWSER_FLAGS, ROOT, serving
from find_browser import find
from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1100, 720


def main() -> None:
    with serving(ROOT / "site") as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(base)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=ROOT / "docs/home.jpg", type="jpeg", quality=72)
        browser.close()


if __name__ == "__main__":
    main()

"""What keeps the site safe as browsers see it: its policy, the headers for hosts, and no script that isn't ours."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import serving
from kinds_of_pages import KINDS
from playwright.sync_api import Browser, Page, expect
from repository import Repository

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
# What may stand in a page besides inline scripts: files of the site, and data.
HARMLESS_SCRIPT = r'<script( defer| type="module")? src="|<script id="__config" type="application/json">|<script type="application/ld\+json">'
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def headers_of(site: Path) -> dict[str, str]:
    """Return the headers for every address, from the file for Netlify."""
    lines = (site / "_headers").read_text(encoding="utf-8").split("/assets/")[0].splitlines()
    assert lines[0] == "/*"
    return {name.strip(): value for name, _, value in (line.partition(": ") for line in lines[1:])}


def test_every_page_has_the_same_policy_and_holds_nothing_that_it_forbids(site: Path) -> None:
    policies = set()
    for file in site.rglob("*.html"):
        before, policy, after = POLICY.split(file.read_text(encoding="utf-8"))
        policies.add(policy)
        assert "<script" not in before and "stylesheet" not in before, file
        assert '<meta name="referrer" content="no-referrer">' in after, file
        scripts = INLINE_SCRIPT.findall(after)
        assert {hash_of(script) for script in scripts} <= set(policy.split("; ")[1].split()), file
        assert after.count("<script") == len(scripts) + len(re.findall(HARMLESS_SCRIPT, after)), file
        assert not re.search(r'<[a-z][^<>"]*("[^"]*"[^<>"]*)* (style|on[a-z]+)=', after), file
        assert "<style" not in after, file
    [policy] = policies  # One for all, so that a host can send it too.
    assert "unsafe" not in policy and "http" not in policy
    assert headers_of(site)["Content-Security-Policy"] == f"{policy}; frame-ancestors 'none'"


def test_hosts_get_the_same_headers_each_in_its_own_form(site: Path) -> None:
    sent = headers_of(site)
    assert sent["X-Content-Type-Options"] == "nosniff" and sent["X-Frame-Options"] == "DENY" and sent["Referrer-Policy"] == "no-referrer"
    assert sent["Strict-Transport-Security"] == "max-age=31536000" and "camera=()" in sent["Permissions-Policy"]
    assert sent["Cross-Origin-Opener-Policy"] == sent["Cross-Origin-Resource-Policy"] == "same-origin"
    for name, value in sent.items():
        for path, line in (
            (".htaccess", f'Header always set {name} "{value}"\n'),
            ("hosting/nginx.conf", f'add_header {name} "{value}" always;\n'),
            ("hosting/Caddyfile", f'\t{name} "{value}"\n'),
        ):
            assert line in (site / path).read_text(encoding="utf-8")


def test_tools_work_when_a_host_sends_the_headers(site: Path, new_page: Callable[..., Page]) -> None:
    """The page has the policy already. But workers only have what came with their file."""
    with serving(site, headers_of(site)) as address:
        page = new_page()
        page.goto(address)
        page.locator("[data-md-component=search-query]").press_sequentially("brief")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        page.goto(address + KINDS["strategy"])
        expect(page.locator(".tw-strategy--live")).to_be_attached()


def test_nothing_runs_that_is_not_ours(site: Path, tmp_path: Path, browser: Browser) -> None:
    """Should something get into a page after all, then the browser stops it."""
    bad = """<script>ran = 1</script><img src="/x" onerror="ran = 1"><b style="color: red">x</b><script src="https://evil.example/x.js"></script>
    <iframe src="/"></iframe><form action="https://evil.example/"><button>x</button></form><base href="https://evil.example/">"""
    html = (site / "404.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(html.replace("</main>", f"{bad}</main>"), encoding="utf-8")
    page = browser.new_page()
    page.add_init_script("stopped = []; addEventListener('securitypolicyviolation', (event) => stopped.push(event.effectiveDirective))")
    with serving(tmp_path) as address:
        page.goto(address)
        page.evaluate("new Promise((told) => { addEventListener('securitypolicyviolation', told); document.forms[document.forms.length - 1].requestSubmit(); })")
        assert page.evaluate("typeof ran") == "undefined"
        assert {"script-src-elem", "script-src-attr", "style-src-attr", "frame-src", "form-action", "base-uri"} <= set(page.evaluate("stopped"))
    page.close()


CONTACT = "Contact: https://www.voorbeeld.nl/lek-melden\n"
UNTIL = "Expires: 2027-06-30T12:00:00Z\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CONTACT + UNTIL, []),
        (UNTIL + "Contact: iemand", ["[security-txt] hier staat niet wie een lek wil horen – begin een regel met ‘Contact: ’ en een adres met mailto:, https:// of tel: ervoor"]),
        (CONTACT + "Expires: volgend jaar", ["[security-txt] hier staat niet tot wanneer dit geldt – schrijf een regel als ‘Expires: 2027-06-30T12:00:00Z’"]),
        (CONTACT + "Expires: 2026-11-20T12:00:00Z", ["[security-txt] dit gold tot 2026-11-20 – kijk of het adres bij ‘Contact’ nog klopt, en zet een nieuwe dag bij ‘Expires’"]),
    ],
)
def test_a_security_txt_is_checked(text: str, expected: list[str], tmp_path: Path) -> None:
    small = Repository(tmp_path / "klein")
    small.tip(1)
    small.write("content/security.txt", text)
    assert small.problems() == [f"content/security.txt:1: {line}" for line in expected]


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of one tip, with a table that has its columns aligned, and of a security.txt."""
    small = Repository(tmp_path_factory.mktemp("veilig") / "klein")
    small.tip(1, advice="Kanaal | Aantal | Per dag\n:-- | :-: | --:\nBalie | 12 | 3")
    small.write("content/security.txt", CONTACT + UNTIL)
    small.can_build()
    result = small.run("build")
    assert result.returncode == 0, result.stdout + result.stderr
    return small.root / "site"


def test_a_security_txt_stands_where_people_look_for_it_and_only_when_there_is_one(site: Path, small_site: Path) -> None:
    assert not (site / ".well-known").exists()
    assert (small_site / ".well-known/security.txt").read_text(encoding="utf-8") == CONTACT + UNTIL


def test_a_table_keeps_its_columns_aligned_under_the_policy(small_site: Path, new_page: Callable[..., Page]) -> None:
    with serving(small_site) as address:
        page = new_page()
        page.goto(address + "tips/1-lees-mee-1/")
        assert page.locator("td").evaluate_all("(cells) => cells.map((cell) => getComputedStyle(cell).textAlign)") == ["left", "center", "right"]


def test_scripts_use_nothing_that_tells_visitors_apart_and_no_way_round_the_policy() -> None:
    ours = Path(__file__).parent.parent / "generator/theme/assets"
    used = re.compile(
        r"getContext|measureText|toDataURL|AudioContext|RTCPeerConnection|getBattery|deviceMemory|hardwareConcurrency|enumerateDevices|document\.fonts|plugins|userAgent"
        r"|sendBeacon|document\.cookie|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setAttribute\([\"']style"
    )
    assert [f"{file.name}: {found[0]}" for file in sorted(ours.rglob("*.js")) if (found := used.search(file.read_text(encoding="utf-8")))] == []

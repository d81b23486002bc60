"""Building: what happens to the previous site when a build fails, is killed or has no room, and who may build."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import TIPWIJZER, copy_repository, run
from kill import fingerprint, leftovers, start
from repository import Repository


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository with a built site, to copy."""
    small = Repository(tmp_path_factory.mktemp("klein") / "tipwijzer")
    for number in (1, 12, 62):
        small.tip(number)
    small.can_build()
    result = run("build", cwd=small.root)
    assert result.returncode == 0, result.stdout + result.stderr
    return small.root


@pytest.fixture
def built(small_site: Path, tmp_path: Path) -> Path:
    """A small repository of its own with a built site."""
    return Path(shutil.copytree(small_site, tmp_path / "kopie", symlinks=True))


@pytest.fixture
def real(repository: Path, tmp_path: Path) -> Path:
    """A copy of the real repository with its site."""
    folder = copy_repository(tmp_path / "kopie")
    shutil.copytree(repository / "site", folder / "site")
    return folder


def test_a_tip_with_a_mistake_leaves_the_site_as_it_was(built: Path) -> None:
    before = fingerprint(built / "site")
    tip = next((built / "tips").glob("012-*.yml"))
    tip.write_text(tip.read_text(encoding="utf-8").replace("theme: gebruiksgemak", "theme: gebruikgemak"), encoding="utf-8")
    result = run("build", cwd=built)
    assert result.returncode == 1
    assert "[onbekende-term]" in result.stdout and "‘gebruiksgemak’" in result.stdout
    assert "de vorige staat er nog" in result.stderr
    assert fingerprint(built / "site") == before
    plain = subprocess.run([TIPWIJZER.with_name("mkdocs"), "build", "--strict"], cwd=built, capture_output=True, text=True, check=False)
    assert plain.returncode != 0 and "[onbekende-term]" in plain.stderr and "Traceback" not in plain.stderr
    assert fingerprint(built / "site") == before


def test_a_broken_link_in_a_page_leaves_the_site_as_it_was(built: Path) -> None:
    before = fingerprint(built / "site")
    page = built / "content/pages/over.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[weg](bestaat-niet.md)\n", encoding="utf-8")
    result = run("build", cwd=built)
    assert result.returncode == 1
    assert "bestaat-niet.md" in result.stderr and "De vorige site staat er nog" in result.stderr
    assert fingerprint(built / "site") == before
    assert leftovers(built) == []


def test_a_killed_build_leaves_the_site_as_it_was(built: Path) -> None:
    before = fingerprint(built / "site")
    process = start(built)
    while not any(folder.joinpath("assets").exists() for folder in leftovers(built)):
        assert process.poll() is None, "the build ended before it could be killed"
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert fingerprint(built / "site") == before
    assert run("build", cwd=built).returncode == 0
    assert fingerprint(built / "site") == before, "the next build is not disturbed by what was left"


def test_a_build_without_room_leaves_the_site_as_it_was(built: Path) -> None:
    before = fingerprint(built / "site")
    few = 60_000  # Bytes that a file may have; less than the largest script.
    result = run("build", cwd=built, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (few, few)))
    assert result.returncode == 1
    assert "Het bouwen is niet gelukt: een bestand wordt groter dan hier mag (" in result.stderr and "Traceback" not in result.stderr
    assert fingerprint(built / "site") == before
    assert leftovers(built) == []


@pytest.mark.skipif(sys.platform == "win32", reason="where nothing can lock a folder, only old leftovers are cleared")
def test_what_dead_builds_left_is_cleared_and_what_living_builds_have_is_kept(built: Path) -> None:
    import fcntl

    dead, young, living = built / ".site-dood", built / ".site-jong", built / ".site-levend"
    for folder in (dead, young, living):
        folder.mkdir()
    minute_ago = time.time() - 60
    for folder in (dead, living):
        os.utime(folder, (minute_ago, minute_ago))
    lock = os.open(living, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert run("build", cwd=built).returncode == 0
    os.close(lock)
    assert set(leftovers(built)) == {young, living}


def hears_interrupts() -> None:
    """Whatever runs the tests may have switched them off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_build_that_is_stopped_by_hand_says_so_and_leaves_the_site_as_it_was(built: Path) -> None:
    before = fingerprint(built / "site")
    process = subprocess.Popen([TIPWIJZER, "build"], cwd=built, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=hears_interrupts)
    while not leftovers(built):
        assert process.poll() is None, "the build ended before it could be stopped"
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130 and said == "\nGestopt.\n"
    assert fingerprint(built / "site") == before and leftovers(built) == []


def test_building_elsewhere_and_otherwise_gives_the_same_bytes_and_so_does_mkdocs_itself(real: Path) -> None:
    """In another folder, at another time and in another time zone, with files in another order, and without our command."""
    before = fingerprint(real / "site")
    for file in sorted((real / "tips").iterdir(), reverse=True):  # Where a disk keeps the order in which files came.
        file.rename(file.with_suffix(".nieuw")).rename(file)
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "2000000000"}
    plain = subprocess.run([TIPWIJZER.with_name("mkdocs"), "build", "--strict", "--quiet"], cwd=real, env=environment, umask=0o027, capture_output=True, text=True, check=False)
    assert plain.returncode == 0, plain.stderr
    assert fingerprint(real / "site") == before


def test_the_first_build_needs_no_earlier_site(built: Path) -> None:
    shutil.rmtree(built / "site")
    assert run("build", cwd=built).returncode == 0
    assert (built / "site/index.html").is_file()
    assert leftovers(built) == []


def test_two_first_builds_at_once_both_succeed(built: Path) -> None:
    before = fingerprint(built / "site")
    shutil.rmtree(built / "site")
    assert [process.wait() for process in [start(built), start(built)]] == [0, 0]
    assert fingerprint(built / "site") == before and leftovers(built) == []


def test_publishing_records_addresses_and_never_forgets_one(built: Path) -> None:
    listed = built / "content/published-addresses.txt"
    assert run("build", "--publiceer", cwd=built).returncode == 0
    first = listed.read_text(encoding="utf-8").split()
    assert "tips/12-lees-mee-12/" in first and "over/" in first and first == sorted(first)
    old = next((built / "tips").glob("012-*.yml"))
    new = old.with_name("012-contact-van-mens-tot-mens.yml")
    text = old.read_text(encoding="utf-8").replace("slug: lees-mee-12", "slug: contact-van-mens-tot-mens")
    old.unlink()
    new.write_text(text, encoding="utf-8")
    refused = run("build", cwd=built)
    assert refused.returncode == 1
    assert "[adres-weg] het adres /tips/12-lees-mee-12/ is gepubliceerd en bestaat niet meer" in refused.stdout
    assert "zet ‘lees-mee-12’ bij former_slugs in tips/012-contact-van-mens-tot-mens.yml" in refused.stdout
    new.write_text(text + "former_slugs: [lees-mee-12]\n", encoding="utf-8")
    assert run("build", "--publiceer", cwd=built).returncode == 0
    redirect = (built / "site/tips/12-lees-mee-12/index.html").read_text(encoding="utf-8")
    assert 'url=../../tips/12-contact-van-mens-tot-mens/"' in redirect
    assert set(first) < set(listed.read_text(encoding="utf-8").split())


def test_a_withdrawn_tip_keeps_its_page_and_points_on(built: Path) -> None:
    tip = next((built / "tips").glob("062-*.yml"))
    tip.write_text(tip.read_text(encoding="utf-8") + "status: vervallen\nreplaced_by: 12\n", encoding="utf-8")
    result = run("build", cwd=built)
    assert result.returncode == 0, result.stdout
    page = (built / "site/tips" / f"62-{tip.stem.removeprefix('062-')}/index.html").read_text(encoding="utf-8")
    assert "Deze tip is vervallen" in page and "12-lees-mee-12/" in page
    assert f"62-{tip.stem.removeprefix('062-')}" not in (built / "site/tips/index.html").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="exchanging folders at once is a call of Linux")
def test_readers_always_find_a_site_while_builds_replace_it(built: Path) -> None:
    processes = [subprocess.Popen([TIPWIJZER, "build"], cwd=built, stdout=subprocess.DEVNULL) for _ in range(2)]
    missing = 0
    while any(process.poll() is None for process in processes):
        missing += not (built / "site/index.html").exists()
    assert missing == 0

"""Whether the HTML of every page is valid, as the Nu Html Checker of the W3C says. It needs Java."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from audit.findings import Finding

PACKAGE = "vnu-jar@26.9.27"
# Of the jar in it: what a registry sends is run only when it is what we looked at.
SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
_FOLDER = Path(sys.prefix) / "vnu"
# The checker reads files, which are no site for it: 'self' then allows nothing. Browsers see to the policy in all tests.
_NOT_ITS_PART = ".*violates Content Security Policy.*"


def checker() -> Path | None:
    """Return the checker's jar: the one that ``VNU_JAR`` names, or one from npm, fetched when it isn't here; None when there is no way."""
    if named := os.environ.get("VNU_JAR"):
        return Path(named)
    jar = _FOLDER / f"{SHA256}.jar"
    if not jar.exists() and shutil.which("npm"):
        _FOLDER.mkdir(exist_ok=True)
        packed = subprocess.run(["npm", "pack", "--silent", "--ignore-scripts", PACKAGE], cwd=_FOLDER, capture_output=True, text=True, check=False)
        for name in packed.stdout.split():
            with tarfile.open(_FOLDER / name) as archive, archive.extractfile("package/build/dist/vnu.jar") as packed_jar:
                content = packed_jar.read()
            if hashlib.sha256(content).hexdigest() == SHA256:
                jar.write_bytes(content)
    return jar if jar.exists() else None


def invalid_html(site: Path, pages: list[str]) -> list[Finding] | str:
    """Return what is invalid in some pages of a site, or in a Dutch sentence why that could not be checked."""
    if not shutil.which("java"):
        return "Op deze computer staat geen Java. De geldigheid van de HTML is daarom niet onderzocht."
    jar = checker()
    if not jar:
        return "De controle van HTML (vnu.jar) is er niet en kon niet worden opgehaald. De geldigheid van de HTML is daarom niet onderzocht."
    files = [str(site / path / "index.html" if path.endswith("/") or not path else site / path) for path in pages]
    done = subprocess.run(["java", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", "--filterpattern", _NOT_ITS_PART, *files], capture_output=True, text=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    return [
        Finding("html", message["message"], "/" + str(Path(unquote(urlsplit(message["url"]).path)).relative_to(site.resolve())).removesuffix("index.html"), " ".join(message.get("extract", "").split()))
        for message in messages
        if message["type"] == "error" or message.get("subType") == "warning"
    ]

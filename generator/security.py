"""What browsers are told to keep the site safe: the Content-Security-Policy of every page, and headers for hosts.

No text of an editor can bring in a script: a browser runs files of the site and, of the scripts in a page, only those whose
hash is in the policy. Hashes are made of the theme's own scripts, never of what a page turns out to hold.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import partial

from generator.pages import Asset

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Features of browsers that the site doesn't use. Copying, sharing and showing the workshop on a whole screen stay possible.
_FEATURES_OFF = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # For browsers that don't know frame-ancestors.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES_OFF),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# The one file whose name changes with its content, so that a browser may keep it without asking. We trim Material's style sheet under its old name.
_HASHED = "/assets/javascripts/bundle."
_KEEP = "public, max-age=31536000, immutable"


def scripts_in(html: str) -> list[str]:
    """Return the scripts that stand in a piece of HTML itself. Data, such as JSON, is none."""
    return _SCRIPT.findall(html)


def policy(scripts: Iterable[str]) -> str:
    """Return the Content-Security-Policy for pages that may hold these scripts, as it can stand in a page."""
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in dict.fromkeys(scripts)]
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *hashes]),
        "style-src": "'self'",
        "img-src": "'self' data:",  # Icons are in the style sheets.
        "connect-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def headers(policy: str) -> dict[str, str]:
    """Return all headers that a host should send with every file. ``policy`` is that of the pages."""
    return {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'", **_HEADERS}


def header_files(policy: str) -> list[Asset]:
    """Return the headers in the form of several hosts.

    Two files lie where their host looks for them. Those in ``hosting/`` are to include in the settings of a server: docs/hosting.md.
    """
    sent = headers(policy)
    files = {
        "_headers": ["/*", *(f"  {name}: {value}" for name, value in sent.items()), f"{_HASHED}*", f"  Cache-Control: {_KEEP}"],
        ".htaccess": [
            "<IfModule mod_headers.c>",
            *(f'Header always set {name} "{value}"' for name, value in sent.items()),
            f'Header set Cache-Control "{_KEEP}" "expr=%{{REQUEST_URI}} =~ m#{_HASHED}#"',
            "</IfModule>",
        ],
        "hosting/nginx.conf": [*(f'add_header {name} "{value}" always;' for name, value in sent.items())],
        "hosting/Caddyfile": ["header {", *(f'\t{name} "{value}"' for name, value in sent.items()), "}"],
    }
    return [Asset(path, partial(str, "\n".join(lines) + "\n")) for path, lines in files.items()]

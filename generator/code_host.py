"""Addresses at the code host, where the files of the knowledge base stand: of a file, and of the page on which somebody begins a new one."""

from __future__ import annotations

import os
from urllib.parse import quote, quote_plus


def file_address(base: str, path: str, line: int | None = None) -> str:
    """Return the address of a file, or of one of its lines.

    ``base`` is the address where the files stand, up to the version, as ``https://…/blob/1a2b3c``, or empty for an address that starts at
    the repository. ``path`` is relative to the repository.
    """
    start = f"{base.rstrip('/')}/" if base else ""
    return f"{start}{quote(os.fsencode(path))}{f'#L{line}' if line else ''}"


def new_file_address(repository: str, edit: str, path: str, text: str) -> str:
    """Return the address of the page that makes a file, with its name and what stands in it filled in.

    ``repository`` and ``edit`` are as in MkDocs' ``repo_url`` and ``edit_uri``: ``edit/main/``, or ``-/edit/main/`` on GitLab. There only the name
    can be filled in. Empty when there is no such page.

    GitHub refuses an address of more than 8191 bytes. Whoever isn't logged in goes by a page that has this address in its own, escaped once more:
    then it must fit as well.
    """
    before, found, branch = edit.partition("edit/")
    if not repository or not found:
        return ""
    start = f"{repository.rstrip('/')}/{before}new/{branch.strip('/')}"
    folder, _, name = path.rpartition("/")
    return f"{start}?file_name={quote(path, safe='')}" if before else f"{start}/{folder}?filename={name}&value={quote_plus(text)}"


def form_address(repository: str, edit: str, form: str) -> str:
    """Return the address of a form for an issue on GitHub, by the name of its file, or empty when there is none; see ``new_file_address``."""
    return f"{repository.rstrip('/')}/issues/new?template={form}" if repository and edit.startswith("edit/") else ""

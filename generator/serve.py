"""The preview: a server on this computer that shows an edit within a second, since it makes only what somebody looks at."""

from __future__ import annotations

import gc
import mimetypes
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from generator.mkdocs_plugin import TipwijzerPlugin

HOST = "127.0.0.1"
WATCHED = ("tips", "content")
# Looking costs 10 ms at 1,000 tips. Messages of the system cost nothing, but don't come from a network drive or from Windows into WSL.
_SECONDS_BETWEEN_LOOKS = 0.2
_SECONDS_TO_SETTLE = 0.05  # Some editors write a file in several steps.
_LONGEST_WAIT = 25.0  # Seconds that an answer on the next version may take, before the browser asks again.
_NEXT, _RELOAD = "/-/volgende", "/-/ververs.js"
_SCRIPT = f"""\
const {{ version }} = document.currentScript.dataset;
let asking;
const ask = async () => {{
  asking = new AbortController();
  const {{ signal }} = asking;
  while (!signal.aborted) {{
    try {{
      const answer = await fetch(`{_NEXT}?na=${{version}}`, {{ signal }});
      if (answer.ok && (await answer.text()) !== version) return location.reload();
    }} catch {{
      await new Promise((done) => setTimeout(done, 1000)); // The preview was stopped, and may come back.
    }}
  }}
}};
const seen = () => {{
  asking?.abort();
  if (document.visibilityState === "visible") ask(); // A browser keeps few lines open for all tabs together.
}};
document.addEventListener("visibilitychange", seen);
seen();
"""


class Preview:
    """The site as the files are now. Each page and file is made when it is asked for, and kept until ``read_again``."""

    def __init__(self, config_file: Path, address: str) -> None:
        """Read the files. ``address`` is that of the preview, ending in a slash. Nothing is written anywhere.

        Raises ``mkdocs.exceptions.MkDocsException`` when the settings are wrong, or the files are.
        """
        config = load_config(config_file=str(config_file), site_url=address)
        plugin = config.plugins["tipwijzer"]
        assert isinstance(plugin, TipwijzerPlugin)
        plugin.search_later = True
        self.root, self.plugin = config_file.parent, plugin
        self.config = config.plugins.on_config(config)
        self.templates = self.config.theme.get_env()
        self.theme_files = Files([])
        self.theme_files.add_files_from_theme(self.templates, self.config)
        self.changed = threading.Condition()  # Held by whoever reads or makes something: MkDocs does one thing at a time.
        self._lay_out()

    def read_again(self) -> None:
        """Go on to the next version: the site as the files are now, or as it was with a notice on every page when there are mistakes."""
        with self.changed:
            self.plugin.read(self.root)
            self._lay_out()
            self.changed.notify_all()

    def next_version(self, known: str) -> str:
        """Return the version as soon as it isn't ``known``, or after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != known, _LONGEST_WAIT)
            return self.version

    def file(self, path: str) -> bytes | None:
        """Return a file of the site by its path, such as ``tips/index.html``, or None when there is none."""
        with self.changed:
            if path.startswith("search/") and path not in self.makers:
                self.makers |= {asset.path: asset.content.encode for asset in self.plugin.search_files()}
            if path not in self.made and path in self.makers:
                self.made[path] = self.makers[path]()
            return self.made.get(path)

    def _lay_out(self) -> None:
        files = Files([*get_files(self.config), *self.theme_files])
        self.files = self.config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        self.documents = self.files.documentation_pages()
        in_menu = {path for entry in self.config.nav or () for path in entry.values()}
        self.nav = get_navigation(Files([file for file in self.documents if file.src_uri in in_menu]), self.config)
        self.version = str(time.time_ns())  # Other than that of a preview that ran before.
        self.made: dict[str, bytes] = {}
        self.makers: dict[str, Callable[[], bytes]] = {file.dest_uri: partial(getattr, file, "content_bytes") for file in self.files if not file.is_documentation_page()}
        self.makers |= {file.dest_uri: partial(self._page, file) for file in self.documents}
        self.makers["404.html"] = self._not_found

    def _page(self, file: File) -> bytes:
        """Make a page as MkDocs does when it builds a site."""
        page = file.page or Page(None, file, self.config)
        config, files, events = self.config, self.files, self.config.plugins
        page.read_source(config)
        page.markdown = events.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = events.on_page_content(page.content or "", page=page, config=config, files=files)
        page.active = True  # The menu shows it so.
        context = events.on_page_context(get_context(self.nav, self.documents, config, page), page=page, config=config, nav=self.nav)
        output = self.templates.get_template("main.html").render(context)
        page.active = False
        return self._with_script(events.on_post_page(output, page=page, config=config))

    def _not_found(self) -> bytes:
        context = get_context(self.nav, self.documents, self.config, base_url="/")
        return self._with_script(self.config.plugins.on_post_template(self.templates.get_template("404.html").render(context), template_name="404.html", config=self.config))

    def _with_script(self, html: str) -> bytes:
        start, end, rest = html.rpartition("</body>")
        return f'{start}<script src="{_RELOAD}" data-version="{self.version}"></script>{end}{rest}'.encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # Else each answer waits some 40 ms for the browser to say that it got the headers.
    server: Server

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        path = unquote(asked.path).lstrip("/")
        if asked.path == _NEXT:
            self._answer(self.server.preview.next_version(parse_qs(asked.query).get("na", [""])[0]).encode(), "text/plain")
        elif asked.path == _RELOAD:
            self._answer(_SCRIPT.encode(), "text/javascript")
        else:
            self._file(path + "index.html" if path.endswith("/") or not path else path)

    def _file(self, path: str) -> None:
        preview = self.server.preview
        found = preview.file(path)
        if found is None and f"{path}/index.html" in preview.makers:
            self._answer(b"", "text/plain", HTTPStatus.FOUND, f"/{quote(path)}/")
        elif found is None:
            self._answer(preview.file("404.html") or b"", "text/html", HTTPStatus.NOT_FOUND)
        else:
            self._answer(found, mimetypes.guess_type(path)[0] or "application/octet-stream")

    def _answer(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each request."""


class Server(ThreadingHTTPServer):
    """Serves a preview. Raises OSError when the port is taken."""

    daemon_threads = True
    preview: Preview

    def __init__(self, port: int) -> None:
        super().__init__((HOST, port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away in the middle of an answer."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Edits(FileSystemEventHandler):
    def __init__(self) -> None:
        self.noticed = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.noticed.set()


@contextmanager
def previewing(config_file: Path, port: int = 0) -> Iterator[tuple[Preview, str]]:
    """Serve a preview on this computer, and yield it with its address; 0 takes any free port.

    Raises OSError when the port is taken, and what ``Preview`` raises.
    """
    with Server(port) as server:
        address = f"http://{HOST}:{server.server_port}/"
        server.preview = Preview(config_file, address)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.preview, address
        finally:
            server.shutdown()


def serve(config_file: Path, port: int, tell: Callable[[str], None]) -> None:
    """Serve the preview until the program is interrupted, and ``tell`` in Dutch what happens. Raises what ``previewing`` raises."""
    edits, observer = _Edits(), PollingObserver(timeout=_SECONDS_BETWEEN_LOOKS)
    for name in WATCHED:
        observer.schedule(edits, str(config_file.parent / name), recursive=True)
    observer.start()
    with previewing(config_file, port) as (preview, address):
        # What was read stays. Looking again and again for what of it can go would take a third of the time after each edit.
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000)
        tell(f"Het voorbeeld staat op {address}. Bewaar een bestand, en de pagina ververst zichzelf. Stop met Ctrl+C.")
        while True:
            edits.noticed.wait()
            time.sleep(_SECONDS_TO_SETTLE)
            edits.noticed.clear()
            began = time.perf_counter()
            preview.read_again()
            if not preview.plugin.broken:
                tell(f"{time.strftime('%H:%M:%S')} Gelezen in {time.perf_counter() - began:.1f} s.".replace(".", ",", 1))

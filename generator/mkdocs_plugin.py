"""Hands our pages to MkDocs, and builds the site with it. Only this module and ``serve`` know MkDocs."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import write_file

from generator import addresses, material_styles, new, pages, search, security
from generator.checks import check_all
from generator.code_host import form_address, new_file_address
from generator.derive import Site, derive
from generator.fields import TEMPLATE
from generator.load import Memory, load
from generator.problems import Problem, errors, report
from generator.whole_html import WholeHtml

MOST_SHOWN = 20  # Problems above a page of the preview; the terminal has all.
NEW_TIP_ON = (addresses.TIPS, addresses.FIELDS, addresses.of_hand_page("meedoen.md"))  # Where an editor looks for the way to a new tip.
NEW_TIP_FORM = "nieuwe-tip.yml"  # In .github/ISSUE_TEMPLATE.
MATERIAL_STYLES = "assets/stylesheets/main."  # The name goes on with a hash.
# Material's own search, which ours replaces.
_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
# The templates of Material that bring scripts into a page itself.
_MATERIAL_SCRIPTS = ("partials/javascripts/base.html", "partials/javascripts/palette.html", "partials/javascripts/content.html")
_ALIGNED = re.compile(r'(<t[hd]) style="text-align: (left|center|right);"')

log = logging.getLogger(f"mkdocs.plugins.{__name__}")


class MadeLater(File):
    """A file of the site whose text is made when MkDocs asks for it: the preview asks only for what somebody looks at."""

    generated_by = "tipwijzer"

    def __init__(self, config: MkDocsConfig, path: str, write: Callable[[], str], inclusion: InclusionLevel = InclusionLevel.UNDEFINED) -> None:
        super().__init__(path, None, config.site_dir, config.use_directory_urls, inclusion=inclusion)
        self.write = write

    @property
    def content_string(self) -> str:
        return self.write()

    @property
    def content_bytes(self) -> bytes:
        return self.write().encode()

    def copy_file(self, dirty: bool = False) -> None:
        write_file(self.content_bytes, self.abs_dest_path)


class TipwijzerPlugin(BasePlugin):
    """Adds a page for every tip, term, person and source to a MkDocs site."""

    def __init__(self) -> None:
        super().__init__()
        self.site: Site | None = None
        self.pages: dict[str, pages.Page] = {}
        self.newest = date(1970, 1, 1)
        self.given = self.serving = False
        self.broken: list[Problem] = []  # Why the preview shows the last good site.
        self.search_later = False  # The index needs all pages: a preview makes it when somebody searches.
        self.memory = Memory()

    def use(self, site: Site) -> None:
        """Build from a site that was read and checked already."""
        self.site, self.given = site, True

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether MkDocs serves. That this method is there makes it keep this plugin, with the last good site, while it does."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if not self.given:
            self.read(Path(config.config_file_path).parent)
        assert self.site
        # Templates, Material's own too, write both as they are.
        config.site_name = escape(self.site.knowledge.texts.name)
        config.site_description = escape(self.site.knowledge.texts.description)
        config.markdown_extensions.append(WholeHtml())
        # Under which name in the browser Material keeps the colours. It would be found from each page, in as many scripts, each with its hash.
        config.extra["scope"] = urlsplit(config.site_url or "/").path
        # The preview brings a script of its own into every page, to reload it.
        config.extra["policy"] = "" if self.serving else security.policy(_material_scripts(config))
        return config

    def read(self, root: Path) -> None:
        """Read the files below ``root`` again; when there are mistakes, the site stays as it was. Raises PluginError when there is none yet."""
        today = date.today()
        loaded = load(root, today, self.memory)
        problems = check_all(loaded, today)
        self.broken = errors(problems)
        if not self.broken and loaded.knowledge:
            self.site = derive(loaded.knowledge)
        elif self.site:
            log.error("De site blijft zoals hij was, tot dit is hersteld:\n%s", report(problems))
        else:
            raise PluginError("Er is geen site gemaakt, want er zijn fouten:\n" + report(problems))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        assert self.site
        base = config.site_url or "/"
        rendered = pages.render(self.site, base)
        self.pages = {page.path: page for page in rendered}
        self.newest = max((tip.reviewed for tip in self.site.tips), default=self.newest)
        for page in rendered:
            if existing := files.get_file_from_path(page.path):
                files.remove(existing)
            file = MadeLater(config, page.path, page.write)
            file.edit_uri = page.source
            files.append(file)
        policy = config.extra.get("policy")
        index = [search.STUB] if self.search_later else self.search_files()
        for asset in (*pages.assets(self.site, base), *index, *(security.header_files(policy) if policy else ())):
            # MkDocs would leave out names with a dot.
            files.append(MadeLater(config, asset.path, asset.write, InclusionLevel.INCLUDED))
        for file in [file for file in files if file.src_uri.startswith(_UNUSED)]:
            files.remove(file)
        for file in [file for file in files if file.src_uri.startswith(MATERIAL_STYLES)]:
            files.remove(file)  # The source map too, since it fits no longer.
            if file.src_uri.endswith(".css"):
                files.append(MadeLater(config, file.src_uri, partial(_trimmed, file)))
        return files

    def search_files(self) -> list[pages.Asset]:
        """Return the files of the search index of all pages."""
        assert self.site
        return search.files(self.site, self.pages.values())

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        made = self.pages[page.file.src_uri]
        # Material writes both into the head as they are, and a description with a quote would end its attribute.
        page.meta = {"title": escape(made.title), "description": escape(made.description), "hide": list(made.hide)}
        page.update_date = self._date(made)
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        return _ALIGNED.sub(r'\1 class="tw-\2"', html)  # The policy allows no style in a page itself.

    def _date(self, page: pages.Page) -> str:
        """Return when a page changed; a list changes with the newest tip. Never today: builds must be repeatable."""
        return (page.updated or self.newest).isoformat()

    def on_page_context(self, context: dict[str, Any], *, page: MkDocsPage, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
        made = self.pages[page.file.src_uri]
        base = config.site_url or "/"
        context["tw"] = made
        context["tw_new_tip"] = self._new_tip(config) if made.address in NEW_TIP_ON else None
        context["tw_structured"] = _json_ld(made, base) if made.structured else None
        return context

    def _new_tip(self, config: MkDocsConfig) -> dict[str, str]:
        """Return where somebody can begin a new tip at the code host: in a form, and in a file that is filled in as far as we can."""
        assert self.site
        host = (config.repo_url or "", config.edit_uri or "")
        file = new.for_link(TEMPLATE.read_text(encoding="utf-8"), new.free_number(tip.number for tip in self.site.knowledge.tips), self.newest)
        return {"form": form_address(*host, NEW_TIP_FORM), "file": new_file_address(*host, *file)}

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Show in the preview, above every page, why it isn't as the files are now."""
        output = _valid(output)
        if not self.broken:
            return output
        listed = "".join(f"<li><code>{escape(str(problem))}</code></li>" for problem in self.broken[:MOST_SHOWN])
        more = f"<p>En nog {len(self.broken) - MOST_SHOWN}. Kijk in de terminal.</p>" if len(self.broken) > MOST_SHOWN else ""
        notice = f'<div class="tw-notice" role="alert"><p><strong>Je ziet de vorige versie, tot dit is hersteld:</strong></p><ul>{listed}</ul>{more}</div>'
        return re.sub(r'(<article\b[^>]*\bid="inhoud"[^>]*>)', lambda start: start[1] + notice, output, count=1)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        return _valid(output)

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
        root = Path(config.config_file_path).parent
        for folder in ("tips", "content"):
            server.watch(str(root / folder))
        return server


def _trimmed(file: File) -> str:
    return material_styles.trimmed(file.content_string)


def _material_scripts(config: MkDocsConfig) -> list[str]:
    templates = config.theme.get_env()
    return [script for name in _MATERIAL_SCRIPTS for script in security.scripts_in(templates.get_template(name).render(config=config, features=config.theme["features"]))]


def _valid(output: str) -> str:
    """Return a page without what is no HTML in a part of Material's template that can't be replaced: completion of a checkbox."""
    for name in ("drawer", "search"):
        output = output.replace(f'id="__{name}" autocomplete="off"', f'id="__{name}"')
    return output


def _json_ld(page: pages.Page, base: str) -> str:
    """Return a page's structured data (schema.org) as JSON that is safe inside a script element."""
    address = base + page.address
    graph: list[dict[str, Any]] = [{**page.structured, "@id": address, "url": address}]
    if page.crumbs:
        steps = [*((crumb.label, base + crumb.address) for crumb in page.crumbs), (page.title, address)]
        items = [{"@type": "ListItem", "position": place, "name": name, "item": item} for place, (name, item) in enumerate(steps, 1)]
        graph.append({"@type": "BreadcrumbList", "itemListElement": items})
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def build_site(config_file: Path, site: Site, folder: Path) -> None:
    """Build ``site`` into ``folder`` with MkDocs, strictly.

    Raises ``mkdocs.exceptions.MkDocsException`` (or SystemExit, for warnings) when MkDocs refuses.
    """
    config = load_config(config_file=str(config_file), site_dir=str(folder), strict=True)
    plugin = config.plugins["tipwijzer"]
    assert isinstance(plugin, TipwijzerPlugin)
    plugin.use(site)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def site_address(config_file: Path) -> str:
    """Return the address of the site that ``mkdocs.yml`` gives, ending in a slash."""
    return load_config(config_file=str(config_file)).site_url or "/"

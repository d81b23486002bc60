/* What the audit measures inside a page. Every function returns findings as { rule, where } and leaves the page as it was. */
(() => {
  const styles = new Map();
  const style = (element) => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getClientRects().length > 0;
  const all = (selector = "body *") => [...document.querySelectorAll(selector)];

  /* For screen readers only: out of sight on purpose. */
  const unseen = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      const { clipPath, overflow } = style(one);
      if (clipPath === "inset(50%)" || (overflow !== "visible" && one.clientWidth <= 1 && one.clientHeight <= 1)) return true;
    }
    return false;
  };

  const where = (element, text = element.textContent) => {
    const of = (one) => one.localName + (one.id ? `#${one.id}` : "") + [...one.classList].slice(0, 2).map((name) => `.${name}`).join("");
    const words = text.trim().replace(/\s+/g, " ").slice(0, 60);
    return `${element.parentElement && element.parentElement !== document.body ? `${of(element.parentElement)} > ` : ""}${of(element)}${words ? ` ‘${words}’` : ""}`;
  };

  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, element = node.parentElement;
      if (!node.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "OPTION"].includes(element.tagName) || !shown(element) || unseen(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      found.push({ element, text: node.data, boxes: [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1) });
    }
    return found;
  };

  /* Text that falls outside the screen or outside a box that hides the rest; parts that scroll sideways; text on top of text. */
  const layout = () => {
    styles.clear();
    const found = [], width = document.documentElement.clientWidth, all_texts = texts();
    if (document.scrollingElement.scrollWidth > width) found.push({ rule: "zijwaarts-scrollen", where: `${document.scrollingElement.scrollWidth} px in een venster van ${width} px` });
    for (const { element, text, boxes } of all_texts) {
      let across = true, down = true;
      for (let one = element; across && one && one !== document.documentElement; one = one.parentElement) {
        const { overflowX, overflowY, display, position } = style(one);
        if (display === "inline" || display === "contents") continue;
        if (["auto", "scroll"].includes(overflowX) && one.scrollWidth > one.clientWidth + 1 && one !== document.body) across = false;
        if (["auto", "scroll"].includes(overflowY) && one.scrollHeight > one.clientHeight + 1) down = false;
        const frame = one.getBoundingClientRect();
        const cut = boxes.some((box) => (["hidden", "clip"].includes(overflowX) && (box.right > frame.right + 1.5 || box.left < frame.left - 1.5))
          || (down && ["hidden", "clip"].includes(overflowY) && (box.bottom > frame.bottom + box.height / 4 || box.top < frame.top - box.height / 4)));
        if (cut && one !== document.body) {
          found.push({ rule: "tekst-afgesneden", where: `${where(one, "")}: ${where(element, text)}` });
          across = false;
        }
        if (position === "fixed") break;
      }
      if (across && boxes.some((box) => box.right > width + 1 || (box.left < -1 && box.right > 0))) found.push({ rule: "tekst-buiten-beeld", where: where(element, text) });
    }
    for (const element of all()) {
      if (["auto", "scroll"].includes(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1 && shown(element) && !element.querySelector("table, pre") && !element.closest("pre, table, [role=region]:has(table)")) {
        found.push({ rule: "deel-scrolt-zijwaarts", where: where(element, "") });
      }
    }
    const floating = (element) => {
      for (let one = element; one && one !== document.body; one = one.parentElement) if (style(one).position === "absolute") return one;
      return null;
    };
    // A panel that lies over the page, such as an open menu, has a background of its own.
    const covers = (element, float) => {
      for (let one = element; one; one = one === float ? null : one.parentElement) if ((rgba(getComputedStyle(one).backgroundColor)[3] ?? 1) === 1 && one !== element) return true;
      return false;
    };
    const BAND = 40, bands = new Map();  // Only texts at the same height can meet.
    for (const one of all_texts) for (const box of one.boxes) for (let band = Math.floor(box.top / BAND); band <= Math.floor(box.bottom / BAND); band += 1) bands.set(band, [...(bands.get(band) ?? []), [one, box]]);
    for (const { element, text, boxes } of all_texts) {
      const float = floating(element);
      if (!float || covers(element, float)) continue;
      const under = new Set(boxes.flatMap((a) => (bands.get(Math.floor((a.top + a.bottom) / 2 / BAND)) ?? [])
        .filter(([one, b]) => !float.contains(one.element) && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 3)
        .map(([one]) => one)));
      for (const other of under) found.push({ rule: "tekst-over-tekst", where: `${where(element, text)} over ${where(other.element, other.text)}` });
    }
    return found;
  };

  /* How wide the text of a page is on A4, in pixels, with the margins that its style asks for. */
  const paper_width = () => {
    const rules = (list) => [...list].flatMap((rule) => (rule instanceof CSSPageRule ? [rule] : rule instanceof CSSMediaRule && matchMedia(rule.conditionText).matches ? rules(rule.cssRules) : []));
    const margin = [...document.styleSheets].flatMap((sheet) => rules(sheet.cssRules)).map((rule) => rule.style.marginLeft).filter(Boolean).at(-1) ?? "10mm";
    return Math.ceil((210 - 2 * parseFloat(margin)) * 96 / 25.4);
  };

  const rgba = (colour) => (colour.match(/[\d.]+/g) ?? ["0", "0", "0", "0"]).map(Number);
  const seen = (colour) => (rgba(colour)[3] ?? 1) > 0.1;
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) if (seen(getComputedStyle(one).backgroundColor)) return getComputedStyle(one).backgroundColor;
    return "rgb(255, 255, 255)";
  };
  const light = (colour) => {
    const [r, g, b] = rgba(colour).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);

  /* Shapes without text that a background or a mask paints: what forced colours can make vanish. Call before forced colours are on. */
  let shapes = [];
  const keep_shapes = () => {
    shapes = [];
    for (const element of all()) {
      if (!shown(element)) continue;
      for (const part of [null, "::before", "::after"]) {
        const own = getComputedStyle(element, part);
        if (part && (own.content === "none" || own.content === "normal" || own.content.replaceAll('"', "").trim() || own.display === "none" || Number(own.opacity) < 0.3)) continue;
        if (!part && (element.textContent.trim() || element.querySelector("svg, img, input") || element.matches("svg, svg *, img, input, select, textarea, hr, progress"))) continue;
        const size = part ? [parseFloat(own.width), parseFloat(own.height)] : [element.offsetWidth, element.offsetHeight];
        if (size.some((length) => !(length >= 3)) || !seen(own.backgroundColor)) continue;
        const under = behind(part ? element : element.parentElement);
        if (own.backgroundColor !== under && contrast(own.backgroundColor, under) > 1.3) shapes.push([element, part]);
      }
    }
  };
  const shapes_gone = () => shapes.filter(([element, part]) => {
    const own = getComputedStyle(element, part), under = behind(part ? element : element.parentElement);
    const border = ["Top", "Right", "Bottom", "Left"].some((side) => own[`border${side}Style`] !== "none" && parseFloat(own[`border${side}Width`]) > 0 && contrast(own[`border${side}Color`], under) > 2);
    return element.isConnected && shown(element) && !border && !(seen(own.backgroundColor) && contrast(own.backgroundColor, under) > 2);
  }).map(([element, part]) => ({ rule: "verdwijnt-in-vaste-kleuren", where: where(element) + (part ?? "") }));

  /* A chosen thing must differ from its neighbours by more than a background, which forced colours take away. */
  const LOOK = ["color", "backgroundColor", "borderTopWidth", "borderTopStyle", "borderTopColor", "borderBottomWidth", "borderBottomColor", "borderInlineStartWidth", "outlineStyle", "outlineWidth", "textDecorationLine", "fontWeight"];
  const look = (element) => [null, "::before", "::after"].map((part) => { const own = getComputedStyle(element, part); return LOOK.map((name) => own[name]).join() + own.content; }).join();
  const same_when_chosen = () => all("[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false])").filter((element) => {
    const others = all(element.localName + [...element.classList].slice(0, 1).map((name) => `.${CSS.escape(name)}`).join(""))
      .filter((other) => other.closest("nav, ul, ol, fieldset, [role=group], form, header") === element.closest("nav, ul, ol, fieldset, [role=group], form, header") && shown(other)
        && !other.matches("[aria-pressed=true], [aria-selected=true], [aria-current]:not([aria-current=false])"));
    return shown(element) && others.length > 0 && others.every((other) => look(other) === look(element)) && element.textContent.trim() === element.innerText.trim();
  }).map((element) => ({ rule: "keuze-niet-te-zien-in-vaste-kleuren", where: where(element) }));

  /* For who asked for less motion: nothing moves by itself, and nothing glides. */
  const motion = () => {
    const seconds = (list) => Math.max(...list.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
    const found = document.getAnimations().filter((animation) => animation.playState === "running" && animation.effect?.getComputedTiming().duration > 10).map((animation) => animation.effect.target);
    return [...new Set([...found, ...all().filter((element) => {
      const { animationName, animationDuration, transitionProperty, transitionDuration } = getComputedStyle(element);
      return (animationName !== "none" && seconds(animationDuration) > 0.01) || (/all|transform|left|right|top|bottom|width|height|margin/.test(transitionProperty) && seconds(transitionDuration) > 0.01);
    })])].filter(shown).map((element) => ({ rule: "beweegt-toch", where: where(element, "") }));
  };

  /* Headings, language, and the words of other languages without a mark. */
  const ENGLISH = new Set("the and for with from that this are your you our how what why when who its their guide design services service research report using use by to about can not".split(" "));
  const DUTCH = new Set("de het een en van voor met dat dit zijn je jouw jullie hoe wat waarom wanneer wie niet bij naar op uit aan ook als te door over er maar om in".split(" "));
  const structure = () => {
    styles.clear();
    const found = [], headings = all("h1, h2, h3, h4, h5, h6, [role=heading]").filter((element) => element.checkVisibility({ visibilityProperty: true }));
    const ones = headings.filter((element) => (element.getAttribute("aria-level") ?? element.localName.slice(1)) === "1");
    if (ones.length !== 1) found.push({ rule: "een-h1", where: `${ones.length} keer h1` });
    let last = 1;  // What stands before the h1, such as results of a search, is below it.
    for (const heading of headings) {
      const level = Number(heading.getAttribute("aria-level") ?? heading.localName.slice(1));
      if (level > last + 1) found.push({ rule: "kopniveau-overgeslagen", where: `h${last} → ${where(heading)}` });
      if (!heading.textContent.trim()) found.push({ rule: "lege-kop", where: where(heading) });
      last = level;
    }
    for (const [selector, name] of [["main", "main"], ["body > header, [role=banner]", "header"], ["footer", "footer"]]) {
      if (document.querySelectorAll(selector).length !== 1) found.push({ rule: "landmark", where: `${document.querySelectorAll(selector).length} keer ${name}` });
    }
    if (document.documentElement.lang !== "nl") found.push({ rule: "taal-van-de-pagina", where: document.documentElement.lang });
    if (!document.title.trim()) found.push({ rule: "paginatitel", where: "geen titel" });
    for (const { element, text } of texts()) {
      const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
      const english = words.filter((word) => ENGLISH.has(word)).length, dutch = words.filter((word) => DUTCH.has(word)).length;
      if (words.length >= 3 && english >= 2 && english > dutch && element.closest("[lang]").lang === "nl") found.push({ rule: "taal-van-een-deel", where: where(element, text) });
    }
    return found;
  };

  /* The walk by keyboard: what gets focus, in which order, and how that shows. */
  let stops = [], visits = 0, last = null, found_on_walk = [];
  const parts_of = (element) => [...new Set([element, ...(element.labels ?? []), element.parentElement, element.closest("label, li, fieldset, form"), element.nextElementSibling])].filter(Boolean);
  const RING = ["outlineStyle", "outlineWidth", "outlineColor", "borderTopColor", "borderTopWidth", "borderBottomColor", "backgroundColor"];
  const ring = (element) => parts_of(element).map((one) => [null, "::before", "::after"].map((part) => { const own = getComputedStyle(one, part); return (own.outlineStyle === "none" ? [] : ["outlineStyle", "outlineWidth", "outlineColor"]).concat(RING.slice(3)).map((name) => own[name]).join(); }).join("|")).join("||");
  const pinned = (element) => { for (let one = element; one; one = one.parentElement) if (["fixed", "sticky"].includes(getComputedStyle(one).position)) return one; return null; };
  const leave = () => {
    if (last?.ring && last.element.isConnected && ring(last.element) === last.ring) found_on_walk.push({ rule: "focus-niet-te-zien", where: where(last.element) });
  };
  /* By now scripts that mark what has focus have done so. */
  const before_tab = () => { if (last && document.activeElement === last.element) last.ring ??= ring(last.element); };
  const box_of = (element) => { const box = element.getBoundingClientRect(); return { left: box.left + scrollX, right: box.right + scrollX, top: box.top + scrollY, bottom: box.bottom + scrollY, width: box.width, height: box.height }; };
  const check_order = (a, b) => {
    let common = a.parentElement;
    while (common && !common.contains(b)) common = common.parentElement;
    if (!common || a.contains(b) || b.contains(a)) return;
    const child = (one) => { while (one.parentElement !== common) one = one.parentElement; return one; };
    const from = child(a), to = child(b);
    if ([from, to].some((one) => ["absolute", "fixed"].includes(getComputedStyle(one).position))) return;
    const one = box_of(from), two = box_of(to);
    if (!one.width || !two.width || !one.height || !two.height) return;
    const above = two.bottom <= one.top + 1 && two.left < one.right - 1;
    const before = two.right <= one.left + 1 && two.top < one.bottom - 1 && one.top < two.bottom - 1;
    if (above || before) found_on_walk.push({ rule: "tabvolgorde", where: `${where(a)} → ${where(b)}` });
  };
  const arrive = (event) => {
    const element = event.target;
    leave();
    visits += 1;
    if (last && element !== stops[0]) check_order(last.element, element);
    last = { element, ring: null };
    if (stops.includes(element)) return;
    stops.push(element);
    const box = element.getBoundingClientRect();
    const x = (Math.max(0, box.left) + Math.min(innerWidth, box.right)) / 2, y = (Math.max(0, box.top) + Math.min(innerHeight, box.bottom)) / 2;
    const over = document.elementFromPoint(x, y), cover = over && pinned(over);
    if (cover && !cover.contains(element)) found_on_walk.push({ rule: "focus-bedekt", where: `${where(element)} onder ${where(cover, "")}` });
    if ((box.bottom < 0 || box.top > innerHeight || box.right < 0) && box.height > 1) found_on_walk.push({ rule: "focus-buiten-beeld", where: where(element) });
  };
  const start_walk = () => {
    stops = []; visits = 0; last = null; found_on_walk = [];
    // A walk starts where the last click was, unless something else had focus since.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.blur();
    document.body.removeAttribute("tabindex");
    getSelection().removeAllRanges();
    scrollTo(0, 0);
    addEventListener("focusin", arrive, true);
    addEventListener("keydown", before_tab, true);
  };
  /* True when the walk came back to where it began. */
  const walked = () => visits > stops.length || (stops.length > 0 && document.activeElement === document.body);
  const end_walk = () => {
    removeEventListener("focusin", arrive, true);
    removeEventListener("keydown", before_tab, true);
    document.activeElement?.blur();
    leave();
    const radios = new Set(stops.filter((one) => one.type === "radio").map((one) => one.name));
    const missed = all("a[href], button, input, select, textarea, summary, [tabindex]").filter((element) => element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && shown(element) && !element.closest("[inert]")
      && !(element.type === "radio" && radios.has(element.name)) && !stops.includes(element));
    const order = all("[tabindex]").filter((element) => element.tabIndex > 0);
    return [...found_on_walk, ...missed.map((element) => ({ rule: "niet-bereikbaar", where: where(element) })), ...order.map((element) => ({ rule: "tabindex", where: where(element) })),
      ...(stops[0]?.hash && document.getElementById(decodeURIComponent(stops[0].hash.slice(1)))?.closest("main") ? [] : [{ rule: "skiplink", where: "de eerste Tab komt niet op een link naar het hoofddeel" }])];
  };

  window.tipwijzerAudit = { layout, paper_width, keep_shapes, shapes_gone, same_when_chosen, motion, structure, start_walk, walked, end_walk };
})();

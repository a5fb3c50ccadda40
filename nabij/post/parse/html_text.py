"""HTML mail to plain words. Cleaned by nh3 first; nothing is ever executed, fetched or shown as HTML."""

import re
from html.parser import HTMLParser

import nh3

BLOCKS = {"p", "div", "tr", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr"}
KEPT = BLOCKS | {"br", "li", "td", "th"}
DROPPED = {"script", "style", "head", "title", "template", "noscript", "object", "svg"}

MAX_TAGS = 10_000  # cleaning is quadratic in the depth of tags: a hostile mail would hold the import for minutes
SILENT = re.compile(r"<(script|style|head)\b[^>]{0,200}>", re.IGNORECASE)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.depth = 0

    def _break(self) -> None:
        if self.lines[-1].strip():
            self.lines.append("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._add_depth()
            self.lines.append("")
        elif tag == "li":
            self._break()
            self.lines[-1] += "- "
        elif tag in BLOCKS:
            self._break()
        if tag == "blockquote":
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS or tag == "li":
            self._break()
            if tag in {"p", "blockquote"} and self.lines[-2:] != ["", ""]:
                self.lines.append("")
        if tag in {"td", "th"}:
            self.lines[-1] += " "
        if tag == "blockquote":
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if words.strip() or self.lines[-1]:
            self._add_depth()
            self.lines[-1] += words

    def _add_depth(self) -> None:
        if self.depth and not self.lines[-1]:
            self.lines[-1] = "> "


def html_to_text(html: str) -> str:
    """Return the readable words of HTML, paragraphs as lines, quoted blocks marked with "> " as in plain mail."""
    if html.count("<") > MAX_TAGS:
        return re.sub(r"<[^<>]*>", " ", _without_silent(html)).strip()
    safe = nh3.clean(html, tags=KEPT, attributes={}, clean_content_tags=DROPPED)
    words = _Words()
    words.feed(safe)
    words.close()
    text = "\n".join(line.strip() for line in words.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _without_silent(html: str) -> str:
    """Leave out scripts and styles in one pass; an unclosed one swallows the rest, as in a browser."""
    kept, at, lower = [], 0, html.lower()
    while opening := SILENT.search(html, at):
        kept.append(html[at : opening.start()])
        at = lower.find(f"</{opening[1].lower()}", opening.end())
        if at < 0:
            return " ".join(kept)
    return " ".join([*kept, html[at:]])

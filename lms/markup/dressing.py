"""Dress the elements that Markdown gives as the components of our pages."""

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from lms.markup.prepare import BOX_HERE, CAPTION_HERE, TOKEN

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
IN_CONTENTS = "h2"
SOUND = re.compile(r"\.(?:mp3|m4a|ogg)$")
HIDDEN = re.compile("\x02(?P<code>[0-9]*)[^\x03]*\x03")
BOX_TO_TICK = re.compile(r"\[[ xX]?\][ \t]+")
EMPTY_BOX = "☐ "


class Target(NamedTuple):
    """Where a link leads: `kind` is law, term, lesson, media or web; the title says what is there."""

    kind: str
    address: str
    title: str = ""


Resolve = Callable[[str], Target]  # from a link's target as written


class Words(NamedTuple):
    """The words that components bring along, in one language."""

    note: str
    tip: str
    important: str
    warning: str
    table: str
    back: str


WORDS = {
    "kk": Words("Ескертпе", "Кеңес", "Маңызды", "Назар аударыңыз", "Кесте", "Мәтінге оралу"),
    "ru": Words("Примечание", "Совет", "Важно", "Внимание", "Таблица", "Вернуться к тексту"),
    "en": Words("Note", "Tip", "Important", "Warning", "Table", "Back to the text"),
}


class Dressing(Treeprocessor):
    """Change the tree after the inline patterns; the caller sets what one text needs before converting it."""

    def __init__(self, md: Markdown, words: Words, resolve: Resolve) -> None:
        """Prepare for texts in one language."""
        super().__init__(md)
        self.words = words
        self.resolve = resolve
        self.begin("", [])

    def begin(self, prefix: str, stash: list[str]) -> None:
        """Forget the text before; ids of this one get the prefix, its tokens stand for the pieces of the stash."""
        self.prefix = prefix
        self.stash = stash
        self.headings: list[tuple[str, str]] = []
        self.tables = 0

    def run(self, root: Element) -> None:
        """Dress a whole text."""
        for number, heading in enumerate((one for one in root.iter() if one.tag in HEADINGS), 1):
            anchor = f"{self.prefix}s{number}"
            heading.set("id", anchor)
            if heading.tag == IN_CONTENTS:
                self.headings.append((anchor, _shown(heading)))
        self._dress(root)

    def _dress(self, parent: Element) -> None:
        for child in list(parent):
            self._dress(child)
            match child.tag:
                case "a":
                    self._dress_link(child)
                case "img":
                    child.set("src", self.resolve(child.get("src", "")).address)
                    child.set("loading", "lazy")
                case "p":
                    self._dress_sound(child)
                case "blockquote":
                    self._dress_quote(child)
                case "table":
                    self._dress_table(parent, child)
                case "ul":
                    _dress_checklist(child)
                case _:
                    pass
            if identity := child.get("id", ""):
                child.set("id", self.prefix + identity if identity.startswith("fn") else identity)

    def _dress_link(self, link: Element) -> None:
        target = link.get("href", "")
        if target.startswith("#fn"):
            link.set("href", f"#{self.prefix}{target[1:]}")
            if "title" in link.attrib:
                del link.attrib["title"]
                link.set("aria-label", self.words.back)
        elif not target.startswith(("#", "\x02")):
            found = self.resolve(target)
            link.set("href", found.address)
            if found.kind in ("law", "term"):
                link.set("class", "law-link" if found.kind == "law" else found.kind)
            if found.title:
                link.set("title", found.title)

    def _dress_sound(self, paragraph: Element) -> None:
        """Make a player of a link to a sound that is alone in its paragraph."""
        if len(paragraph) != 1 or paragraph[0].tag != "a" or _text(paragraph.text) or _text(paragraph[0].tail):
            return
        link = paragraph[0]
        address = link.get("href", "")
        if SOUND.search(address):
            paragraph.tag = "figure"
            paragraph.remove(link)
            SubElement(paragraph, "audio", {"controls": "controls", "preload": "none", "src": address})
            SubElement(paragraph, "figcaption").append(link)

    def _dress_quote(self, quote: Element) -> None:
        kind = self._piece(quote[0].text) if len(quote) else ""
        if kind.startswith(BOX_HERE):
            kind = kind.removeprefix(BOX_HERE)
            quote.tag = "aside"
            quote.attrib.update({"class": "note flow", "data-kind": kind})
            quote[0].text = getattr(self.words, kind)
        elif len(quote) > 1 and _names_law(quote[-1]):
            source = quote[-1]
            inner = Element("blockquote")
            for child in list(quote)[:-1]:
                quote.remove(child)
                inner.append(child)
            quote.tag = "figure"
            quote.set("class", "law")
            quote.text = None
            quote.insert(0, inner)
            source.tag, source.text = "figcaption", ""

    def _dress_table(self, parent: Element, table: Element) -> None:
        """Put a table into a region that scrolls, named by the caption above it."""
        self.tables += 1
        place = list(parent).index(table)
        region = Element("div", {"class": "table", "role": "region", "tabindex": "0"})
        region.tail, table.tail = table.tail, None
        above = parent[place - 1] if place else None
        if above is not None and self._piece(above.text) == CAPTION_HERE:
            parent.remove(above)
            above.tag, above.tail = "caption", None
            above.text = TOKEN.sub("", above.text or "", count=1)
            above.set("id", f"{self.prefix}t{self.tables}")
            table.insert(0, above)
            region.set("aria-labelledby", f"{self.prefix}t{self.tables}")
            place -= 1
        else:
            region.set("aria-label", f"{self.words.table} {self.tables}")
        parent.remove(table)
        region.append(table)
        parent.insert(place, region)
        for cell in table.iter():
            if cell.tag in ("th", "td") and cell.attrib.pop("align", "") == "right":
                cell.set("class", "num")
            if cell.tag == "th":
                cell.set("scope", "col")

    def _piece(self, text: str | None) -> str:
        """Return the stashed piece whose token a text begins with, or nothing."""
        token = TOKEN.match(text or "")
        return self.stash[int(token[1])] if token else ""


def _names_law(paragraph: Element) -> bool:
    """Say whether a paragraph is a dash and a link to an act."""
    is_dash = _text(paragraph.text) in ("—", "–")
    return paragraph.tag == "p" and is_dash and len(paragraph) > 0 and paragraph[0].get("class") == "law-link"


def _dress_checklist(items: Element) -> None:
    """Show `[ ]` at the beginning of an item as a box to tick on paper."""
    for item in items:
        holder = item[0] if len(item) and item[0].tag == "p" and not _text(item.text) else item
        if BOX_TO_TICK.match(holder.text or ""):
            holder.text = BOX_TO_TICK.sub(EMPTY_BOX, holder.text or "", count=1)
            items.set("class", "checklist")


def _text(text: str | None) -> str:
    return (text or "").strip()


def _shown(element: Element) -> str:
    """Return the text of an element without what Markdown hides in it."""
    text = "".join(element.itertext()).replace(AMP_SUBSTITUTE, "&")
    return HIDDEN.sub(lambda match: chr(int(match["code"])) if match["code"] else "", text).strip()

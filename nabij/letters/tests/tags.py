"""Read a PDF as a screen reader does: its tags, its language, and whether every sign stands inside a tag (ISO 14289-1)."""

from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

import pikepdf

SHOWS = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "b", "sh"}


@dataclass
class Tag:
    """One element of the structure tree."""

    name: str
    element: pikepdf.Object
    children: list["Tag"] = field(default_factory=list)

    def every(self, name: str) -> list["Tag"]:
        """Return all elements of this name below it."""
        found = [child for child in self.children if child.name == name]
        return found + [deeper for child in self.children for deeper in child.every(name)]

    def attribute(self, name: str) -> str:
        """Return an attribute of this element, in whichever owner it stands."""
        held = self.element.get("/A", [])
        for owner in held if isinstance(held, pikepdf.Array) else [held]:
            if name in owner:
                return str(owner[name])
        return ""


@lru_cache(maxsize=32)  # kept, because its elements live no longer than the file
def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made))


def tree(made: bytes) -> Tag:
    return _tag(opened(made).Root.StructTreeRoot, "root")


def _tag(element: pikepdf.Object, name: str) -> Tag:
    held = element.get("/K", [])
    kids = list(held) if isinstance(held, pikepdf.Array) else [held]
    elements = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return Tag(name, element, [_tag(kid, str(kid["/S"])[1:]) for kid in elements])


def outside_tags(made: bytes) -> list[str]:
    """Return every operator that shows something outside a tag or artifact. The good answer is an empty list."""
    found, deep = [], 0
    for page in opened(made).pages:
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            deep += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            if name in SHOWS and deep < 1:
                found.append(name)
    return found


def fonts(made: bytes) -> list[pikepdf.Object]:
    return [font for page in opened(made).pages for font in page.get("/Resources", {}).get("/Font", {}).values()]

"""Read the words of a PDF back by its ToUnicode maps, without spaces and line ends."""

import re

import pikepdf

from nabij.letters.tests.tags import opened


def words(made: bytes) -> str:
    return "".join(sheets(made))


def sheets(made: bytes) -> list[str]:
    return [_page(page) for page in opened(made).pages]


def _page(page: pikepdf.Page) -> str:
    maps = {name: _map(font) for name, font in page.get("/Resources", {}).get("/Font", {}).items()}
    found, current = [], {}
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        if name == "Tf":
            current = maps[str(instruction.operands[0])]
        elif name in {"Tj", "TJ"}:
            held = instruction.operands[0]
            for part in held if isinstance(held, pikepdf.Array) else [held]:
                if isinstance(part, pikepdf.String):
                    found.append(_decoded(bytes(part), current))
    return re.sub(r"\s", "", "".join(found))


def _decoded(raw: bytes, current: dict[int, str]) -> str:
    return "".join(current.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2))


def _map(font: pikepdf.Object) -> dict[int, str]:
    text = font["/ToUnicode"].read_bytes().decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letters in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            start = int.from_bytes(bytes.fromhex(letters)[-2:], "big")
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(start + step)
    return found

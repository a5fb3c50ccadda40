"""One body into new words, older thread text and signature. What is split off is kept apart, never thrown away."""

import re
from typing import NamedTuple

WORD = r"(?:Oorspronkelijk|Origineel|Doorgestuurd|Original|Forwarded)\s+(?:bericht|message|mail)"
DIVIDER = re.compile(
    rf"^\s*(?:-{{2,}}\s*{WORD}\s*-{{2,}}|Begin doorgestuurd bericht:|Begin forwarded message:)\s*$", re.I
)
FORWARDED = re.compile(r"doorgestuurd bericht|forwarded message", re.I)
WROTE = re.compile(r"^\s*(?:Op|On|Le|Am)\b.{4,300}(?:schreef|geschreven|wrote|a écrit|schrieb)\b.{0,200}:\s*$", re.I)
SENDER = re.compile(r"^\s*\*?(?:Van|From|Von|De)\s?:\*?\s?\S", re.I)
HEADER = re.compile(r"^\s*\*?(?:Verzonden|Datum|Aan|CC|Onderwerp|Sent|Date|To|Subject|Gesendet|An|Betreff)\s?:", re.I)
QUOTE = re.compile(r"^\s?>")
CLOSER = re.compile(
    r"^\s*(?:(?:met|mvr\.?)?\s*(?:vriendelijke?|hartelijke|warme|lieve)\s+groet(?:en|jes)?|m\.?v\.?g\.?|groet(?:en|jes)?|gr\.?"
    r"|hoogachtend|(?:kind|best|warm)\s+regards|regards|sincerely|saygılarımla|selamlar)\b[^\n]{0,40}$",
    re.I,
)
DEVICE = re.compile(
    r"^\s*(?:verstuurd|verzonden|sent|get|download)\s+(?:vanaf|vanuit|met|from|via|outlook)\b[^\n]{0,80}$", re.I
)
DISCLAIMER = re.compile(
    r"disclaimer|uitsluitend bestemd|confidential|vertrouwelijk|aansprakelijk|intended recipient|milieu", re.I
)
POSTSCRIPT = re.compile(r"^\s*p\.?\s?s\.?[\s:.,]", re.I)
SIGNATURE_LINES = 25  # a longer tail is a story, not a signature
TAIL_LINES = 150  # a signature with its disclaimer is looked for here; keeps a hostile mail linear
STORY_LINE = 160  # characters; a signature line is short unless it is a disclaimer


class Words(NamedTuple):
    new: str
    quoted: str
    signature: str
    is_forward: bool


ADDRESS = re.compile(r"[^\s<>\[\]()\"',;:]{1,100}@[^\s<>\[\]()\"',;:]{1,150}")
LOOK_FOR_SENDER = 15  # lines of what was forwarded


def forwarded_from(quoted: str) -> tuple[str, str]:
    """Return name and address of who wrote what was forwarded, as the words say it; ("", "") when they do not."""
    for line in quoted.split("\n")[:LOOK_FOR_SENDER]:
        if SENDER.match(line):
            told = line.partition(":")[2].strip(" *")[:400]
            found = ADDRESS.search(told.replace("mailto:", " "))
            name = re.sub(r"[<\[(].*", "", told).strip(" *\"'")
            return ("" if found and found[0] in name else name[:120]), (found[0].lower()[:254] if found else "")
    return "", ""


def split_words(text: str) -> Words:
    """Return new words, quoted text and signature of one plain body."""
    lines = text.split("\n")
    at, plain_quote = _thread_start(lines)
    new, quoted = lines[:at], lines[at:]
    if plain_quote:  # "Op .. schreef ..:": answers may stand between the quoted lines
        between = [line for line in quoted[_wrote_span(quoted) :] if not QUOTE.match(line)]
        if any(QUOTE.match(line) for line in quoted):
            apart = set(between) - {""}
            new, quoted = new + between, [line for line in quoted if line not in apart]
    elif any(QUOTE.match(line) for line in new):
        quoted = [line for line in new if QUOTE.match(line)] + quoted
        new = [line for line in new if not QUOTE.match(line)]
    body, signature = _split_signature(new)
    return Words(_join(body), _join(quoted), _join(signature), bool(quoted and FORWARDED.search("\n".join(quoted[:3]))))


def _join(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _wrote_span(lines: list[str]) -> int:
    for count in (1, 2, 3):
        if WROTE.match(" ".join(lines[:count])):
            return count
    return 1


def _thread_start(lines: list[str]) -> tuple[int, bool]:
    for index, line in enumerate(lines):
        if DIVIDER.match(line):
            return index, False
        if SENDER.match(line) and sum(bool(HEADER.match(after)) for after in lines[index + 1 : index + 6]) >= 2:
            ruled = index and re.fullmatch(r"\s*[_-]{5,}\s*", lines[index - 1])
            return index - 1 if ruled else index, False
        if line[:4].strip().lower() in {"op", "on", "le", "am"} and any(
            WROTE.match(" ".join(lines[index : index + count])) for count in (1, 2, 3)
        ):
            return index, True
    return len(lines), False


def _split_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    for index in range(max(0, len(lines) - TAIL_LINES), len(lines)):
        line, tail = lines[index].strip()[:STORY_LINE], lines[index + 1 :]
        marked = line == "--" or DEVICE.match(line)
        if (marked or CLOSER.match(line)) and _is_signature(tail) and any(part.strip() for part in lines[:index]):
            after = next((i for i, part in enumerate(lines[index:]) if POSTSCRIPT.match(part)), None)
            if after is None:
                return lines[:index], lines[index:]
            return [*lines[:index], "", *lines[index + after :]], lines[index : index + after]
    return lines, []


def _is_signature(tail: list[str]) -> bool:
    words = [line for line in tail if line.strip()]
    cut = next((i for i, line in enumerate(words) if DISCLAIMER.search(line)), len(words))
    after_script = next((i for i, line in enumerate(words) if POSTSCRIPT.match(line)), cut)
    own = words[: min(cut, after_script)]
    return len(own) <= SIGNATURE_LINES and all(len(line) <= STORY_LINE for line in own)

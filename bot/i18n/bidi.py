"""Direction of text: isolates around what is inserted, and one mark where a Persian line needs it."""

import re

from bot.domain.readers import Language

FSI = "\N{FIRST STRONG ISOLATE}"
PDI = "\N{POP DIRECTIONAL ISOLATE}"
RLI = "\N{RIGHT-TO-LEFT ISOLATE}"
RLM = "\N{RIGHT-TO-LEFT MARK}"

_OPENERS = "\N{LEFT-TO-RIGHT ISOLATE}" + RLI + FSI
_MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
_OVERRIDES = "".join(chr(code) for code in range(0x202A, 0x202F))
_DROP_CONTROLS = dict.fromkeys(map(ord, _MARKS + _OVERRIDES + _OPENERS + PDI))
_DROP_OVERRIDES = dict.fromkeys(map(ord, _OVERRIDES))

_ISOLATES = re.compile(f"[{_OPENERS}{PDI}]")
_TAG = re.compile(r"<[^<>]*>")
_LEADING_MARKS = re.compile(f"^((?:<[^<>]*>)*)[{_MARKS}]+")
_BULLET = "• "


def without_controls(text: str) -> str:
    """Drop every control of direction, so that a person's text cannot turn what stands around it."""
    return text.translate(_DROP_CONTROLS)


def without_overrides(text: str) -> str:
    """Drop embeddings and overrides only; marks and isolates stay as typed."""
    return text.translate(_DROP_OVERRIDES)


def isolated(text: str) -> str:
    """Put each line of *text* between FSI and PDI; what is already one isolate stays as it is."""
    if "\n" in text:
        return "\n".join(isolated(line) if line else line for line in text.split("\n"))
    if _is_one_isolate(text):
        return text
    return f"{FSI}{text}{PDI}"


def isolated_own(text: str, language: Language) -> str:
    """
    Isolate what is of our own making in the direction of *language*.

    Clients skip isolates when they look for a first letter: names joined by a comma or put in parentheses have none of
    their own, and would run from the left in a Persian line too.
    """
    if language == "fa" and "\n" not in text and not _is_one_isolate(text) and not _has_own_letter(text):
        return f"{RLI}{text}{PDI}"
    return isolated(text)


def _has_own_letter(text: str) -> bool:
    depth = 0
    for character in _TAG.sub("", text):
        if character in _OPENERS:
            depth += 1
        elif character == PDI:
            depth -= 1
        elif depth == 0 and character.isalpha():
            return True
    return False


def _is_one_isolate(text: str) -> bool:
    if not text.startswith((FSI, RLI)) or text.find(PDI) != len(text) - 1:
        return False
    return text.count(FSI) + text.count(RLI) == 1


def balanced(line: str) -> str:
    """Close the isolates that *line* leaves open and drop the closings that open nothing."""
    depth = 0

    def settled(control: re.Match[str]) -> str:
        nonlocal depth
        if control[0] != PDI:
            depth += 1
        elif depth == 0:
            return ""
        else:
            depth -= 1
        return control[0]

    return _ISOLATES.sub(settled, line) + PDI * depth


_COMMAND = re.compile(r"(?<![\w/<>.:\u2068])/[a-z_]{2,32}\b(?!\u2069)", re.ASCII)


def directed(line: str, language: Language) -> str:
    """
    Make *line* (our HTML or plain text) ready to stand by itself.

    A Persian line gets one RLM in front unless an Arabic letter opens it. A letter inside an isolate does not count:
    clients skip isolates when they look for a line's direction. A flag never opens a line.
    """
    line = _LEADING_MARKS.sub(r"\1", balanced(line))
    if language == "fa":
        # Without an isolate the slash of a command goes to its other side.
        line = _COMMAND.sub(f"{FSI}\\g<0>{PDI}", line)
    visible = _TAG.sub("", line)
    if not visible.strip():
        return line
    if _is_flag(visible.lstrip(_OPENERS + " ")[:1]):
        line = _BULLET + line
        visible = _BULLET
    if language == "fa" and not _is_arabic_letter(visible.lstrip(" ")[:1]):
        return RLM + line
    return line


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff" or character in {"\U0001f3f3", "\U0001f3f4"}


def _is_arabic_letter(character: str) -> bool:
    return ("\u0620" <= character <= "\u06ff" or "\ufb50" <= character <= "\ufefc") and character.isalpha()

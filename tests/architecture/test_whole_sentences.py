"""No sentence is glued from parts: what is translated is whole, constant, and filled by name only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from tests.architecture.tree import ROOT, modules

TRANSLATING = {"gettext", "ngettext", "pgettext", "_", "marked"}
SAYING = TRANSLATING | {"line", "label", "listing"}
# Where a catalogue is asked for what a variable holds: the door itself, and descriptions that were marked elsewhere.
ASKED_BY_VARIABLE = {
    "bot/i18n/speech.py": {"message", "one", "context"},
    "bot/screens/welcome.py": {"command.description"},
    "handlers/commands.py": {"command.description"},
}
# An icon and the word for what it shows are one label.
BESIDE_AN_ICON = {
    ("bot/screens/roadmap.py", "f'{_EMPTY_ICON} {word}'"),
    ("bot/screens/roadmap_filters.py", "f'✓ {label}'"),
}
# Values of a sentence or a list, which no reader sees at its beginning.
VALUES = {
    "not started", "on track", "at risk", "off track", "done", "dropped",
    "joint", "nobody yet", "empty", "changes to {code}",
    "low", "high", "critical",
    "waiting for {name}", "raised", "taken", "waiting", "solution proposed", "closed", "withdrawn",
    "animation", "audio recording", "document", "photo", "video", "video message", "voice message",
    "progress on {code}", "monthly report", "your name", "a workstream", "not given yet",
    "nothing to report", "no milestones",
    "none", "from {start} to {end}",
    "weekend", "working day", "day off by correction", "day off by correction: {name}", "correction of the calendar",
    "all", "open", "overdue", "at risk or off track", "items of {name}",
    "working day by correction (otherwise {rule})", "working day by correction: {name} (otherwise {rule})",
}  # fmt: skip
# Names of fields, whose first letter the program writes large.
FIELDS = {
    "title", "title in other languages", "workstream", "milestone", "responsible party", "lead", "counterpart",
    "start", "due date", "start in the baseline", "due date in the baseline", "added after adoption", "finished",
    "measurable result", "status", "percent done", "evidence", "reason", "note", "severity", "what is needed",
    "needed by", "needed from", "turn to act", "obstacle owners", "waits for", "files", "another detail",
}  # fmt: skip
LAYOUT = re.compile(r"[\n• ·/]*")


def called(node: ast.AST) -> str:
    """Give the name of the function that *node* calls, without what it is an attribute of."""
    if not isinstance(node, ast.Call):
        return ""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def places(tree: ast.AST) -> Iterator[str]:
    """Give each expression in which what is said is glued to something else."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from glued(function)


def glued(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    names = {
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and called(node.value) in SAYING
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    def is_said(node: ast.AST) -> bool:
        return called(node) in SAYING or (isinstance(node, ast.Name) and node.id in names)

    for node in ast.walk(function):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            parts: list[ast.AST] = [node.left, node.right]
        elif isinstance(node, ast.AugAssign):
            parts = [node.value]
        elif isinstance(node, ast.JoinedStr):
            parts = [value.value for value in node.values if isinstance(value, ast.FormattedValue)]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called(node) == "format":
            parts = [node.func.value]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called(node) == "join":
            between = node.func.value
            if isinstance(between, ast.Constant) and LAYOUT.fullmatch(str(between.value)) and between.value:
                continue
            parts = [part for argument in node.args for part in ast.walk(argument)]
        else:
            continue
        if any(is_said(part) for part in parts):
            yield ast.unparse(node)


def sources() -> dict[str, ast.Module]:
    return {
        str(path): ast.parse((ROOT / path).read_text())
        for path in modules("bot", "handlers")
        if not path.is_relative_to("bot/sandbox")
    }


def msgids() -> list[str]:
    with Path(ROOT / "locales" / "hamroh.pot").open("rb") as file:
        messages = [message.id for message in read_po(file) if message.id]
    return [str(form) for text in messages for form in (text if isinstance(text, list | tuple) else [text])]


def test_what_is_said_is_not_glued_to_anything() -> None:
    found = {(name, place) for name, tree in sources().items() for place in places(tree)}

    assert found - BESIDE_AN_ICON == set()


def test_glue_of_every_kind_is_seen() -> None:
    lines = [
        "x = _('A') + title", "x = f'{say.gettext(\"A\")} b'", "word = _('a'); x = f'{word}, b'",
        "x = _('{a}').format(a=1)", "x = ', '.join([_('a'), _('b')])", "x = _('%s') % a", "x += _('b')",
        "x = ''.join(say.label(t) for t in z)",
    ]  # fmt: skip

    assert [line for line in lines if not list(places(ast.parse(f"def f():\n    {line}")))] == []


def test_what_is_translated_is_a_constant() -> None:
    asked = {
        (name, ast.unparse(node.args[0]))
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if called(node) in TRANSLATING and isinstance(node, ast.Call) and node.args
        and not isinstance(node.args[0], ast.Constant)
    }  # fmt: skip

    assert asked == {(name, variable) for name, variables in ASKED_BY_VARIABLE.items() for variable in variables}


def test_a_text_begins_as_a_sentence_or_a_label_does() -> None:
    fragments = {text for text in msgids() if re.match("[a-z]", text)}

    assert fragments == VALUES | FIELDS


def test_no_text_is_open_at_an_end() -> None:
    assert [text for text in msgids() if text != text.strip()] == []
    assert [text for text in msgids() if re.search(r"^[,;:.)]|[,(“]$|\b(?:and|or|of|the|a)$", text)] == []


def test_values_stand_in_a_text_by_name() -> None:
    assert [text for text in msgids() if re.search(r"%[sd(]|\{\d*\}|\{\w*[^\w}]", text)] == []

"""Compiles the catalogues into the wheel, so that an installed bot needs no Babel to speak."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface[Any]):
    """Adds a .mo file beside every .po file of the wheel; the checkout stays as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is packed, by the rules that the bot itself follows in a checkout."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        # From the tree that is being built, which is on the path only now.
        from bot.i18n import catalogue  # noqa: PLC0415

        self.compiled = TemporaryDirectory()
        for language in catalogue.languages():
            po = catalogue.source(language)
            mo = Path(self.compiled.name) / f"{language}.mo"
            mo.write_bytes(catalogue.compiled(po, language))
            build_data["force_include"][str(mo)] = str(po.relative_to(self.root).with_suffix(".mo"))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw the compiled files away once they are packed."""
        del build_data, artifact_path
        if version != "editable":
            self.compiled.cleanup()

"""Evidence: files that came with an entry or an item, on record by reference."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.progress import Attachment
from bot.domain.summaries import Page


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file on record: with what it came, who brought it and when (UTC)."""

    id: int
    subject: str
    subject_id: int
    attachment: Attachment
    member_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A page of the files of the item *code*, the newest first; *authors* by their ids."""

    code: str
    title: str
    item_id: int
    page: Page
    evidence: tuple[Evidence, ...]
    authors: dict[int, str]

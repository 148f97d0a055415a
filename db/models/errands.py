"""What is fetched and read for somebody outside any update: files that were sent, and what became of their rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Big


class ErrandRow(Base):
    """A roadmap file that a secretary sent to the bot. *owner* is the process that is at it."""

    __tablename__ = "errands"
    __table_args__ = (
        Index(
            "ix_errands_waiting",
            "account_id",
            "id",
            sqlite_where=text("is_ours"),
            postgresql_where=text("is_ours"),
        ),
        Index("ix_errands_changed_at", "changed_at"),
    )
    id: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    chat_id: Mapped[int] = mapped_column(ForeignKey("chats.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    screen_id: Mapped[int | None] = mapped_column(ForeignKey("screens.id"))
    step: Mapped[str] = mapped_column(comment="fetching, arrived, reading, shown, writing, done, dropped or failed")
    is_ours: Mapped[bool] = mapped_column(comment="a process has to do something, nobody else")
    file_id: Mapped[str]
    name: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    seen: Mapped[int] = mapped_column(default=0, comment="how many previews there were: a button is about one of them")
    counts: Mapped[dict[str, Any]] = mapped_column(comment="rows by outcome")
    ignored: Mapped[list[str]] = mapped_column(comment="headings that mean nothing")
    digest: Mapped[str] = mapped_column(default="", comment="of what the preview says")
    problem: Mapped[dict[str, Any] | None] = mapped_column(comment="why the file as a whole was refused")
    owner: Mapped[int | None] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ErrandLineRow(Base):
    """A row of the file in the order in which the preview lists them."""

    __tablename__ = "errand_lines"
    errand_id: Mapped[int] = mapped_column(Big, ForeignKey("errands.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    verdict: Mapped[dict[str, Any]]

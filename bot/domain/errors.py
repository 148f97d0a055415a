"""What the domain refuses: facts that carry data; the screens find the words."""

from dataclasses import dataclass


class DomainError(Exception):
    """
    A refusal. Subclasses are dataclasses that carry what a person needs to know, never a sentence.

    They are not frozen: Python sets the traceback of an exception that passes a context manager.
    """


@dataclass(unsafe_hash=True)
class NotAMember(DomainError):
    """The person belongs to no working group."""


@dataclass(unsafe_hash=True)
class NotAllowed(DomainError):
    """The person's role does not permit the act."""


@dataclass(unsafe_hash=True)
class ButtonExpired(DomainError):
    """The button is forged, of an older version, or its screen is gone."""


@dataclass(unsafe_hash=True)
class ItemNotFound(DomainError):
    """No item of this group has the code, such as ``M-12``."""

    code: str


@dataclass(unsafe_hash=True)
class TextTooLong(DomainError):
    """A typed text has *length* UTF-16 units, more than the *limit* of its field."""

    length: int
    limit: int


@dataclass(unsafe_hash=True)
class TextMissing(DomainError):
    """A field that needs words got none."""


@dataclass(unsafe_hash=True)
class NotAName(DomainError):
    """A person's name was asked for, and what was typed has digits or signs."""


@dataclass(unsafe_hash=True)
class MixedScripts(DomainError):
    """A name has letters of more than one script, so that nobody can tell which spelling it is."""


@dataclass(unsafe_hash=True)
class PrivateOnly(DomainError):
    """The act belongs in a private chat with the bot."""


@dataclass(unsafe_hash=True)
class GroupOnly(DomainError):
    """The act belongs in a group chat."""


@dataclass(unsafe_hash=True)
class ChatNotBound(DomainError):
    """The group chat belongs to no working group yet."""


@dataclass(unsafe_hash=True)
class AnonymousSender(DomainError):
    """Somebody wrote in the name of a group or a channel: nobody can tell who it was."""


@dataclass(unsafe_hash=True)
class InvitationInvalid(DomainError):
    """The invitation was used, has expired, was revoked or never was; which of these is nobody's business."""


@dataclass(unsafe_hash=True)
class MessageWithoutWords(DomainError):
    """An item was to be made of a message that has no words, by a *command* that gives none either."""

    command: str

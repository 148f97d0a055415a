"""Life in groups: founding them, who comes and goes, who administers, and the day one becomes a supergroup."""

from typing import Any

from bot.sandbox.records import Account, BotAccount, Chat, Member, Person
from bot.sandbox.stage import Stage

_ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_promote_members",
    "can_manage_video_chats",
)


def chat_member(member: Member) -> dict[str, Any]:
    """The Bot API's ChatMember."""
    body: dict[str, Any] = {"user": member.account.as_user(), "status": member.status}
    if member.status == "creator":
        body["is_anonymous"] = False
    if member.status == "administrator":
        body.update(can_be_edited=False, is_anonymous=False, **dict.fromkeys(_ADMIN_RIGHTS, True))
        body.update(can_post_stories=False, can_edit_stories=False, can_delete_stories=False)
    if member.status == "kicked":
        body["until_date"] = 0
    return body


class Groups(Stage):
    """People found groups and say who is in them."""

    def create_group(
        self, person_id: int, title: str, *, members: tuple[int, ...] | list[int] = (), supergroup: bool = False
    ) -> Chat:
        founder = self.person(person_id)
        self.require(bool(title.strip()), "A group needs a title.")
        chat = Chat(
            id=self.new_group_id(supergroup=supergroup),
            kind="supergroup" if supergroup else "group",
            title=title.strip(),
        )
        chat.members[founder.id] = Member(founder, "creator")
        self.chats[0, chat.id] = chat
        accounts = [self.account(member_id) for member_id in members if member_id != person_id]
        for account in accounts:
            self._join(chat, account, by=founder)
        field = "supergroup_chat_created" if supergroup else "group_chat_created"
        self.post(chat, founder, {field: True}, is_service=True)
        return chat

    def add_member(self, person_id: int, chat_id: int, member_id: int, *, admin: bool = False) -> None:
        """Add a person or a bot, with *admin* as an administrator at once."""
        chat, by, account = self._group(person_id, chat_id), self.person(person_id), self.account(member_id)
        known = chat.members.get(member_id)
        self.require(known is None or not known.is_present, f"{account.name} is in the group already.")
        newcomer = account.as_user()
        self._join(chat, account, by=by, status="administrator" if admin else "member")
        self.post(
            chat,
            by,
            {"new_chat_members": [newcomer], "new_chat_member": newcomer, "new_chat_participant": newcomer},
            is_service=True,
        )

    def remove_member(self, person_id: int, chat_id: int, member_id: int) -> None:
        """Remove someone, or leave."""
        chat, by, account = self._group(person_id, chat_id), self.person(person_id), self.account(member_id)
        known = chat.members.get(member_id)
        self.require(known is not None and known.is_present, f"{account.name} is not in the group.")
        if chat.kind == "group" or not isinstance(account, BotAccount):
            gone = {"left_chat_member": account.as_user(), "left_chat_participant": account.as_user()}
            self.post(chat, by, gone, is_service=True)
        # A basic group keeps no list of the banned, and yet a removed bot is told "kicked".
        self.change_status(chat, account, "left" if member_id == person_id else "kicked", by=by)

    def set_admin(self, person_id: int, chat_id: int, member_id: int, *, admin: bool) -> None:
        chat, by, account = self._group(person_id, chat_id), self.person(person_id), self.account(member_id)
        known = chat.members.get(member_id)
        self.require(known is not None and known.is_present, f"{account.name} is not in the group.")
        self.change_status(chat, account, "administrator" if admin else "member", by=by)

    def rename_group(self, person_id: int, chat_id: int, title: str) -> None:
        chat, by = self._group(person_id, chat_id), self.person(person_id)
        chat.title = title
        self.post(chat, by, {"new_chat_title": title}, is_service=True)
        self.tell("chat", chat)

    def upgrade(self, person_id: int, chat_id: int) -> Chat:
        """Make a supergroup of a basic group: a new chat with a new id; the old one only says where it went."""
        old, by = self._group(person_id, chat_id), self.person(person_id)
        self.require(old.kind == "group", "It is a supergroup already.")
        new = Chat(id=self.new_group_id(supergroup=True), kind="supergroup", title=old.title)
        new.members = {account_id: Member(member.account, member.status) for account_id, member in old.members.items()}
        self.chats[0, new.id] = new
        self.post(old, by, {"migrate_to_chat_id": new.id}, is_service=True)
        old.upgraded_to = new
        self.post(new, by, {"migrate_from_chat_id": old.id}, is_service=True)
        self.tell("moved", old, to_chat=new.id)
        return new

    def change_status(self, chat: Chat, account: Account, status: str, *, by: Account) -> None:
        """Set a standing and tell the bots that may know: the one concerned, and administrators that asked for it."""
        member = chat.members.get(account.id) or Member(account, "left")
        before = chat_member(member)
        chat.members[account.id] = member
        watchers = [bot for bot in chat.bots() if bot is not account and chat.members[bot.id].is_admin]
        member.status = status
        change = {
            "chat": chat.as_chat(),
            "from": by.as_user(),
            "date": int(self.clock().timestamp()),
            "old_chat_member": before,
            "new_chat_member": chat_member(member),
        }
        if isinstance(account, BotAccount):
            account.queue.push("my_chat_member", change)
        for bot in watchers:
            bot.queue.push("chat_member", change)
        everyone = {person.id for person in chat.people()} | ({account.id} if isinstance(account, Person) else set())
        self.tell("chat", chat, to=everyone)

    def _join(self, chat: Chat, account: Account, *, by: Person, status: str = "member") -> None:
        self.change_status(chat, account, status, by=by)

    def _group(self, person_id: int, chat_id: int) -> Chat:
        chat = self.chat_of(person_id, chat_id)
        self.require(not chat.is_private, "That is a private chat.")
        self.require(chat.upgraded_to is None, "The group has become a supergroup.")
        self.require(chat.members[person_id].is_present, "You are not in that group.")
        return chat

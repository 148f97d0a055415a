"""The schema of the first release."""

import sqlalchemy as sa
from alembic import op

from db.models.base import Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Walk up."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.Text(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("messenger", "bot_id", name=op.f("uq_accounts_messenger_bot_id")),
    )
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="progress or obstacle"),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="document, photo, video or voice"),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index("ix_attachments_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("names", Json, nullable=False),
        sa.Column("rules", Json, nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("roadmap_adopted_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_milestone", sa.Integer(), nullable=False, comment="the highest number given, M-…"),
        sa.Column("last_obstacle", sa.Integer(), nullable=False, comment="the highest number given, O-…"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_groups_code")),
    )
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("name_fa", sa.Text(), nullable=False),
        sa.Column("name_tg", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("language_chosen", sa.Boolean(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("digits", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("is_reachable", sa.Boolean(), nullable=False),
        sa.Column("is_owner", sa.Boolean(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_persons_group_id_groups"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("messenger", "user_id", name=op.f("uq_persons_messenger_user_id")),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "inbox",
        sa.Column("arrival", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False, comment="the messenger's chat, or the person, or 0"),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("arrived_at", UtcDateTime(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True, comment="of the error that made it dead"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_inbox_account_id_accounts")),
        sa.PrimaryKeyConstraint("arrival", name=op.f("pk_inbox")),
        sa.UniqueConstraint("account_id", "update_id", name=op.f("uq_inbox_account_id_update_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_arrived_at", ["arrived_at"], unique=False)
        batch_op.create_index(
            "ix_inbox_pending",
            ["account_id", "chat_id", "arrival"],
            unique=False,
            sqlite_where=sa.text("state = 0"),
            postgresql_where=sa.text("state = 0"),
        )

    op.create_table(
        "parties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("names", Json, nullable=False),
        sa.Column("ministry", Json, nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("weekend", Json, nullable=False),
        sa.Column("holidays_country", sa.Text(), nullable=False),
        sa.Column("office_opens", sa.Time(), nullable=False),
        sa.Column("office_closes", sa.Time(), nullable=False),
        sa.Column("lunch_from", sa.Time(), nullable=True),
        sa.Column("lunch_until", sa.Time(), nullable=True),
        sa.Column("default_language", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_parties_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties")),
        sa.UniqueConstraint("group_id", "code", name=op.f("uq_parties_group_id_code")),
    )
    op.create_table(
        "holiday_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_holiday_corrections_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_corrections")),
        sa.UniqueConstraint("party_id", "day", name=op.f("uq_holiday_corrections_party_id_day")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_members_group_id_groups")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_members_party_id_parties")),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_members_person_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("group_id", "handle", name=op.f("uq_members_group_id_handle")),
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index("ix_members_person_id", ["person_id"], unique=False)

    op.create_table(
        "workstreams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("names", Json, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("core", sa.Boolean(), nullable=False),
        sa.Column("lead_party_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_workstreams_group_id_groups")),
        sa.ForeignKeyConstraint(["lead_party_id"], ["parties.id"], name=op.f("fk_workstreams_lead_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workstreams")),
        sa.UniqueConstraint("group_id", "code", name=op.f("uq_workstreams_group_id_code")),
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["members.id"], name=op.f("fk_absences_deputy_id_members")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_absences_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index("ix_absences_member_id", ["member_id"], unique=False)

    op.create_table(
        "adoptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_adoptions_group_id_groups")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_adoptions_member_id_members")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_adoptions_party_id_parties")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoptions")),
        sa.UniqueConstraint("group_id", "party_id", name=op.f("uq_adoptions_group_id_party_id")),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_changes_group_id_groups")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_changes_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_group", ["group_id", "id"], unique=False)
        batch_op.create_index("ix_changes_subject", ["subject", "subject_id", "id"], unique=False)

    op.create_table(
        "chats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("messenger_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("bound_at", UtcDateTime(), nullable=True),
        sa.Column("bound_by_id", sa.Integer(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_chats_account_id_accounts")),
        sa.ForeignKeyConstraint(["bound_by_id"], ["members.id"], name=op.f("fk_chats_bound_by_id_members")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_chats_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("account_id", "messenger_id", name=op.f("uq_chats_account_id_messenger_id")),
    )
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chats_group_id"), ["group_id"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True, comment="the member it waits for, if named"),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_invitations_group_id_groups")),
        sa.ForeignKeyConstraint(["made_by_id"], ["persons.id"], name=op.f("fk_invitations_made_by_id_persons")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_invitations_member_id_members")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_invitations_party_id_parties")),
        sa.ForeignKeyConstraint(["used_by_id"], ["persons.id"], name=op.f("fk_invitations_used_by_id_persons")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invitations_open",
            ["member_id"],
            unique=False,
            sqlite_where=sa.text("used_at IS NULL"),
            postgresql_where=sa.text("used_at IS NULL"),
        )

    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title_fa", sa.Text(), nullable=False),
        sa.Column("title_tg", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("responsible_party_id", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("counterpart_id", sa.Integer(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("baseline_start_on", sa.Date(), nullable=True),
        sa.Column("baseline_due_on", sa.Date(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=True),
        sa.Column("measurable_result", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=True),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True, comment="planning it was undone"),
        sa.Column("last_entry_at", UtcDateTime(), nullable=True),
        sa.Column(
            "finished_on", sa.Date(), nullable=True, comment="when it became done or dropped, in the lead party's zone"
        ),
        sa.Column("folded", sa.Text(), nullable=False, comment="the titles, folded for search and for telling doubles"),
        sa.ForeignKeyConstraint(["counterpart_id"], ["members.id"], name=op.f("fk_milestones_counterpart_id_members")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_milestones_group_id_groups")),
        sa.ForeignKeyConstraint(["lead_id"], ["members.id"], name=op.f("fk_milestones_lead_id_members")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["members.id"], name=op.f("fk_milestones_planned_by_id_members")),
        sa.ForeignKeyConstraint(
            ["responsible_party_id"], ["parties.id"], name=op.f("fk_milestones_responsible_party_id_parties")
        ),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_milestones_workstream_id_workstreams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_milestones_group_id_number")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(
            "ix_milestones_lead",
            ["lead_id"],
            unique=False,
            sqlite_where=sa.text("state NOT IN ('done', 'dropped')"),
            postgresql_where=sa.text("state NOT IN ('done', 'dropped')"),
        )
        batch_op.create_index(
            "ix_milestones_open",
            ["group_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("state NOT IN ('done', 'dropped')"),
            postgresql_where=sa.text("state NOT IN ('done', 'dropped')"),
        )
        batch_op.create_index("ix_milestones_workstream", ["workstream_id", "number"], unique=False)

    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="waiting (snoozed or postponed), queued, sent, withdrawn or passed over",
        ),
        sa.Column("detail", Json, nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_reminders_group_id_groups")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reminders_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("key", name=op.f("uq_reminders_key")),
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index("ix_reminders_group_period", ["group_id", "period"], unique=False)
        batch_op.create_index(
            "ix_reminders_waiting",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "report_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("is_empty", sa.Boolean(), nullable=False, comment="nothing to report"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["members.id"], name=op.f("fk_report_parts_answered_by_id_members")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_report_parts_group_id_groups")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_report_parts_member_id_members")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_report_parts_workstream_id_workstreams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_parts")),
        sa.UniqueConstraint(
            "group_id",
            "period",
            "member_id",
            "workstream_id",
            name=op.f("uq_report_parts_group_id_period_member_id_workstream_id"),
        ),
    )
    op.create_table(
        "workstream_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workstream_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_workstream_people_member_id_members")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_workstream_people_party_id_parties")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_workstream_people_workstream_id_workstreams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workstream_people")),
        sa.UniqueConstraint("workstream_id", "party_id", name=op.f("uq_workstream_people_workstream_id_party_id")),
    )
    with op.batch_alter_table("workstream_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workstream_people_member_id"), ["member_id"], unique=False)

    op.create_table(
        "due_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_after", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_due_moves_group_id_groups")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_due_moves_member_id_members")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_due_moves_milestone_id_milestones")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_moves")),
    )
    with op.batch_alter_table("due_moves", schema=None) as batch_op:
        batch_op.create_index("ix_due_moves_milestone", ["milestone_id", "id"], unique=False)

    op.create_table(
        "obstacles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("workstream_id", sa.Integer(), nullable=True),
        sa.Column("needed_from_party_id", sa.Integer(), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("waiting_for", sa.Text(), nullable=False),
        sa.Column("court_party_id", sa.Integer(), nullable=True),
        sa.Column("state_changed_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True, comment="raising it was undone"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["court_party_id"], ["parties.id"], name=op.f("fk_obstacles_court_party_id_parties")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_obstacles_group_id_groups")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestones.id"], name=op.f("fk_obstacles_milestone_id_milestones")),
        sa.ForeignKeyConstraint(
            ["needed_from_party_id"], ["parties.id"], name=op.f("fk_obstacles_needed_from_party_id_parties")
        ),
        sa.ForeignKeyConstraint(["raised_by_id"], ["members.id"], name=op.f("fk_obstacles_raised_by_id_members")),
        sa.ForeignKeyConstraint(
            ["workstream_id"], ["workstreams.id"], name=op.f("fk_obstacles_workstream_id_workstreams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacles")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_obstacles_group_id_number")),
    )
    with op.batch_alter_table("obstacles", schema=None) as batch_op:
        batch_op.create_index("ix_obstacles_milestone", ["milestone_id"], unique=False)
        batch_op.create_index(
            "ix_obstacles_open",
            ["group_id", "severity"],
            unique=False,
            sqlite_where=sa.text("state NOT IN ('closed', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('closed', 'withdrawn')"),
        )

    op.create_table(
        "progress_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("percent_before", sa.Integer(), nullable=False),
        sa.Column("percent_after", sa.Integer(), nullable=False),
        sa.Column("state_before", sa.Text(), nullable=False),
        sa.Column("state_after", sa.Text(), nullable=False),
        sa.Column("evidence_before", sa.Text(), nullable=False),
        sa.Column("reason_before", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False, comment="buttons, form, reply, private, command or file"),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_progress_entries_group_id_groups")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_progress_entries_member_id_members")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestones.id"], name=op.f("fk_progress_entries_milestone_id_milestones")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_entries")),
    )
    with op.batch_alter_table("progress_entries", schema=None) as batch_op:
        batch_op.create_index("ix_progress_group_at", ["group_id", "at"], unique=False)
        batch_op.create_index("ix_progress_milestone", ["milestone_id", "id"], unique=False)

    op.create_table(
        "screens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("view", Json, nullable=True),
        sa.Column("about", sa.Text(), nullable=False, comment="the code shown, such as M-12, for replies to it"),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_screens_chat_id_chats")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_screens_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screens")),
    )
    with op.batch_alter_table("screens", schema=None) as batch_op:
        batch_op.create_index("ix_screens_chat_id_message_id", ["chat_id", "message_id"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="milestone, obstacle, progress or part"),
        sa.Column("fields", Json, nullable=False),
        sa.Column("awaits", sa.Text(), nullable=False),
        sa.Column("screen_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_drafts_chat_id_chats")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_drafts_member_id_members")),
        sa.ForeignKeyConstraint(["screen_id"], ["screens.id"], name=op.f("fk_drafts_screen_id_screens")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_drafts_open",
            ["member_id", "chat_id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "obstacle_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obstacle_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Text(), nullable=False, comment="raised, taken, waiting, solved, closed, withdrawn or comment"
        ),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("state_before", sa.Text(), nullable=True),
        sa.Column("state_after", sa.Text(), nullable=False),
        sa.Column("waiting_for", sa.Text(), nullable=False),
        sa.Column("court_party_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["court_party_id"], ["parties.id"], name=op.f("fk_obstacle_entries_court_party_id_parties")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_obstacle_entries_member_id_members")),
        sa.ForeignKeyConstraint(
            ["obstacle_id"], ["obstacles.id"], name=op.f("fk_obstacle_entries_obstacle_id_obstacles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacle_entries")),
    )
    with op.batch_alter_table("obstacle_entries", schema=None) as batch_op:
        batch_op.create_index("ix_obstacle_entries_obstacle", ["obstacle_id", "id"], unique=False)

    op.create_table(
        "obstacle_owners",
        sa.Column("obstacle_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_obstacle_owners_member_id_members")),
        sa.ForeignKeyConstraint(
            ["obstacle_id"], ["obstacles.id"], name=op.f("fk_obstacle_owners_obstacle_id_obstacles")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_obstacle_owners_party_id_parties")),
        sa.PrimaryKeyConstraint("obstacle_id", "party_id", name=op.f("pk_obstacle_owners")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=True),
        sa.Column("screen_id", sa.Integer(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("owner", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True, comment="what this message is about, to withdraw or recheck it"),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_outbox_account_id_accounts")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_outbox_chat_id_chats")),
        sa.ForeignKeyConstraint(["screen_id"], ["screens.id"], name=op.f("fk_outbox_screen_id_screens")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_key",
            ["key"],
            unique=False,
            sqlite_where=sa.text("key IS NOT NULL"),
            postgresql_where=sa.text("key IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_pending",
            ["account_id", "id"],
            unique=False,
            sqlite_where=sa.text("state = 0"),
            postgresql_where=sa.text("state = 0"),
        )
        batch_op.create_index("ix_outbox_settled_at", ["settled_at"], unique=False)


def downgrade() -> None:
    """Walk down."""
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_settled_at")
        batch_op.drop_index(
            "ix_outbox_pending", sqlite_where=sa.text("state = 0"), postgresql_where=sa.text("state = 0")
        )
        batch_op.drop_index(
            "ix_outbox_key", sqlite_where=sa.text("key IS NOT NULL"), postgresql_where=sa.text("key IS NOT NULL")
        )

    op.drop_table("outbox")
    op.drop_table("obstacle_owners")
    with op.batch_alter_table("obstacle_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_obstacle_entries_obstacle")

    op.drop_table("obstacle_entries")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_drafts_open", sqlite_where=sa.text("closed_at IS NULL"), postgresql_where=sa.text("closed_at IS NULL")
        )

    op.drop_table("drafts")
    with op.batch_alter_table("screens", schema=None) as batch_op:
        batch_op.drop_index("ix_screens_chat_id_message_id")

    op.drop_table("screens")
    with op.batch_alter_table("progress_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_milestone")
        batch_op.drop_index("ix_progress_group_at")

    op.drop_table("progress_entries")
    with op.batch_alter_table("obstacles", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_obstacles_open",
            sqlite_where=sa.text("state NOT IN ('closed', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('closed', 'withdrawn')"),
        )
        batch_op.drop_index("ix_obstacles_milestone")

    op.drop_table("obstacles")
    with op.batch_alter_table("due_moves", schema=None) as batch_op:
        batch_op.drop_index("ix_due_moves_milestone")

    op.drop_table("due_moves")
    with op.batch_alter_table("workstream_people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workstream_people_member_id"))

    op.drop_table("workstream_people")
    op.drop_table("report_parts")
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_reminders_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_reminders_group_period")

    op.drop_table("reminders")
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index("ix_milestones_workstream")
        batch_op.drop_index(
            "ix_milestones_open",
            sqlite_where=sa.text("state NOT IN ('done', 'dropped')"),
            postgresql_where=sa.text("state NOT IN ('done', 'dropped')"),
        )
        batch_op.drop_index(
            "ix_milestones_lead",
            sqlite_where=sa.text("state NOT IN ('done', 'dropped')"),
            postgresql_where=sa.text("state NOT IN ('done', 'dropped')"),
        )

    op.drop_table("milestones")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_invitations_open", sqlite_where=sa.text("used_at IS NULL"), postgresql_where=sa.text("used_at IS NULL")
        )

    op.drop_table("invitations")
    with op.batch_alter_table("chats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_chats_group_id"))

    op.drop_table("chats")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_subject")
        batch_op.drop_index("ix_changes_group")

    op.drop_table("changes")
    op.drop_table("adoptions")
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_index("ix_absences_member_id")

    op.drop_table("absences")
    op.drop_table("workstreams")
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index("ix_members_person_id")

    op.drop_table("members")
    op.drop_table("holiday_corrections")
    op.drop_table("parties")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_pending", sqlite_where=sa.text("state = 0"), postgresql_where=sa.text("state = 0")
        )
        batch_op.drop_index("ix_inbox_arrived_at")

    op.drop_table("inbox")
    op.drop_table("settings")
    op.drop_table("persons")
    op.drop_table("groups")
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.drop_index("ix_attachments_subject")

    op.drop_table("attachments")
    op.drop_table("accounts")

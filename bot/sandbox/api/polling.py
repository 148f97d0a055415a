"""How a bot gets its updates: by asking, or pushed to its webhook."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.api.access import Call
from bot.sandbox.errors import bad_request, conflict
from bot.sandbox.records import Webhook
from bot.sandbox.updates import LONGEST_POLL_SECONDS, Update
from bot.sandbox.webhooks import WebhookPusher

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
MOST_UPDATES = 100


async def get_updates(call: Call) -> list[Update]:
    if call.bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    queue, params = call.bot.queue, call.params
    queue.allow(params.parsed("allowed_updates", "can't parse allowed updates JSON object"))
    return await queue.get(
        offset=params.integer("offset"),
        limit=min(max(params.integer("limit", MOST_UPDATES), 1), MOST_UPDATES),
        wait_seconds=min(max(params.integer("timeout"), 0), LONGEST_POLL_SECONDS),
        confirmed=call.world.changed,
    )


async def set_webhook(call: Call) -> bool:
    params, url = call.params, call.params.text("url")
    if not url:
        return await delete_webhook(call)
    if urlsplit(url).scheme not in {"http", "https"}:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if urlsplit(url).hostname not in _LOOPBACK:
        call.world.fault(f"webhook at {urlsplit(url).hostname}: the sandbox reaches only this machine")
        raise bad_request("bad webhook: Failed to resolve host: the sandbox reaches only this machine")
    secret = params.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    queue = call.bot.queue
    queue.allow(params.parsed("allowed_updates", "can't parse allowed updates JSON object"))
    await _stop_pushing(call)
    if params.boolean("drop_pending_updates"):
        queue.clear()
    queue.interrupt(for_webhook=True)
    connections = min(max(params.integer("max_connections", 40), 1), 100)
    call.bot.webhook = Webhook(url, secret, connections)
    world = call.world
    world.pushers[call.bot.id] = WebhookPusher(
        call.bot, call.bot.webhook, clock=world.clock, changed=world.changed, plan=world.plan
    )
    return True


async def delete_webhook(call: Call) -> bool:
    await _stop_pushing(call)
    call.bot.webhook = None
    if call.params.boolean("drop_pending_updates"):
        call.bot.queue.clear()
        call.world.changed()
    return True


def get_webhook_info(call: Call) -> dict[str, Any]:
    webhook = call.bot.webhook
    body: dict[str, Any] = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(call.bot.queue),
    }
    if webhook is not None:
        body.update(max_connections=webhook.max_connections, ip_address="127.0.0.1")
        if webhook.last_error_at is not None:
            body.update(last_error_date=int(webhook.last_error_at.timestamp()), last_error_message=webhook.last_error)
    if call.bot.queue.allowed:
        body["allowed_updates"] = sorted(call.bot.queue.allowed)
    return body


async def _stop_pushing(call: Call) -> None:
    pusher = call.world.pushers.pop(call.bot.id, None)
    if pusher is not None:
        await pusher.close()


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}

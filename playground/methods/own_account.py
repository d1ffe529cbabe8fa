"""The bot's own account, the files it may fetch, and where its updates go."""

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from playground import api_json
from playground.errors import BadRequest
from playground.methods.registry import Methods
from playground.model import Json
from playground.params import Params
from playground.state import Webhook
from playground.world import World

_LARGEST_FETCHED: Final = 20 * 1024 * 1024
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{0,256}")
_PORTS: Final = frozenset({80, 88, 443, 8443})


def get_me(world: World, _params: Params) -> Json:
    return world.bot


def farewell(_world: World, _params: Params) -> bool:
    """Log out or close: taken, and without effect, since there is only this server."""
    return True


def get_file(world: World, params: Params) -> Json:
    file_id = params.text("file_id")
    if not file_id:
        raise BadRequest("file_id not specified")
    file = world.files.with_id(file_id)
    if file is None:
        raise BadRequest("invalid file_id")
    if len(file.data) > _LARGEST_FETCHED:
        raise BadRequest("file is too big")
    return {**api_json.stored_file(file), "file_path": file.path}


def allow_updates(world: World, params: Params) -> None:
    """Take the kinds the call names; a call that names none leaves them as they were."""
    kinds = params.structure("allowed_updates", "allowed updates")
    if isinstance(kinds, list):
        world.queue.allow([str(kind) for kind in kinds])


def set_webhook(world: World, params: Params) -> bool:
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return delete_webhook(world, params)
    if not _SECRET.fullmatch(secret):
        raise BadRequest("secret token contains unallowed characters")
    _check_address(url)
    allow_updates(world, params)
    _drop_if_asked(world, params)
    world.polling.end("terminated by setWebhook request")
    connections = params.integer("max_connections", 40)
    world.change_webhook(Webhook(url=url, secret_token=secret, max_connections=connections))
    return True


def delete_webhook(world: World, params: Params) -> bool:
    _drop_if_asked(world, params)
    world.change_webhook(None)
    return True


def get_webhook_info(world: World, _params: Params) -> Json:
    webhook = world.webhook or Webhook(url="")
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.queue),
    }
    if webhook.url:
        info.update(max_connections=webhook.max_connections, ip_address="127.0.0.1")
    if world.webhook_failure is not None:
        when, why = world.webhook_failure
        info.update(last_error_date=when, last_error_message=why)
    if not world.queue.takes_the_usual:
        info["allowed_updates"] = sorted(world.queue.allowed)
    return info


def _check_address(url: str) -> None:
    """Take https anywhere Telegram would, and plain http only on this machine."""
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        raise BadRequest("bad webhook: Wrong port number specified in the URL") from None
    if address.scheme == "http" and _is_loopback(address.hostname or ""):
        return
    if address.scheme != "https":
        raise BadRequest("bad webhook: An HTTPS URL must be provided for webhook")
    if not _is_loopback(address.hostname or "") and (port or 443) not in _PORTS:
        raise BadRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _drop_if_asked(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.queue.clear()


METHODS: Methods = {
    "getMe": get_me,
    "logOut": farewell,
    "close": farewell,
    "getFile": get_file,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}

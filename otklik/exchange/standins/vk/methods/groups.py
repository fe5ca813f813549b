"""groups.*, users.*, stats.*"""

from __future__ import annotations

import secrets
from typing import Any

from otklik.exchange.standins.vk import news, shapes
from otklik.exchange.standins.vk.keys import RIGHTS, Refusal
from otklik.exchange.standins.vk.methods.asking import Ask, bad
from otklik.exchange.standins.vk.state import VERSION, CallbackServer, Community

MOST_SERVERS = 10


def get_by_id(ask: Ask) -> Any:
    told = ask.text("group_id") or ask.text("group_ids") or str(ask.key.community_id or "")
    for each in ask.world.communities.values():
        if told in (str(each.id), each.screen_name):
            return {"groups": [shapes.community(each)], "profiles": []}
    raise bad("group_ids")


def token_permissions(ask: Ask) -> Any:
    rights = sorted(ask.key.rights)
    return {
        "mask": sum(RIGHTS[each] for each in rights),
        "permissions": [{"name": each, "setting": RIGHTS[each]} for each in rights],
    }


def confirmation_code(ask: Ask) -> Any:
    return {"code": ask.community(ask.number("group_id")).confirmation}


def callback_servers(ask: Ask) -> Any:
    servers = ask.community(ask.number("group_id")).servers.values()
    items = [
        {
            "id": each.id,
            "title": each.title,
            "creator_id": ask.key.user_id,
            "url": each.url,
            "secret_key": each.secret,
            "status": each.status,
        }
        for each in servers
    ]
    return {"count": len(items), "items": items}


def add_server(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    if len(community.servers) >= MOST_SERVERS:
        raise Refusal(2000)
    server = CallbackServer(ask.world.next("server"), *_server_fields(ask))
    community.servers[server.id] = server
    news.ask_confirmation(community, server, ask.stage.deliveries)
    return {"server_id": server.id}


def edit_server(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    server = ask.server(community)
    server.url, server.title, server.secret = _server_fields(ask)
    news.ask_confirmation(community, server, ask.stage.deliveries)
    return 1


def delete_server(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    del community.servers[ask.server(community).id]
    return 1


def callback_settings(ask: Ask) -> Any:
    server = ask.server(ask.community(ask.number("group_id")))
    return {
        "api_version": VERSION,
        "events": {kind: int(kind in server.events) for kind in ALL_EVENTS},
    }


def set_callback_settings(ask: Ask) -> Any:
    server = ask.server(ask.community(ask.number("group_id")))
    server.events = _switched(ask, server.events)
    return 1


def set_long_poll(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    if not ask.truth("enabled") and "enabled" in ask.values:
        community.poll_events = None
        return 1
    community.poll_events = _switched(ask, community.poll_events or set())
    return 1


def long_poll_server(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    if community.poll_events is None:
        raise Refusal(
            100,
            "One of the parameters specified was missing or invalid: "
            "longpoll for this group is not enabled",
        )
    community.poll_key = community.poll_key or secrets.token_hex(20)
    return {
        "key": community.poll_key,
        "server": f"{ask.stage.url}/longpoll/{community.id}",
        "ts": str(last_event(community)),
    }


def last_event(community: Community) -> int:
    return community.forgotten + len(community.events)


def users(ask: Ask) -> Any:
    wanted = ask.several("user_ids") or [str(ask.key.user_id)]
    known = {str(each.id): each for each in ask.world.people.values()}
    return [shapes.person(known[each]) for each in wanted if each in known]


def stats(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    since, until = ask.number("timestamp_from", 0), ask.number("timestamp_to", 0)
    posts = [each for each in community.posts.values() if not each.deleted]
    views = sum(each.views for each in posts)
    return [
        {
            "period_from": since,
            "period_to": until,
            "visitors": {"views": views, "visitors": views // 3},
            "reach": {"reach": views * 2, "reach_subscribers": views},
            "activity": {
                "likes": sum(each.likes for each in posts),
                "comments": sum(len(each.comments) for each in posts),
                "copies": sum(each.reposts for each in posts),
            },
        }
    ]


def post_reach(ask: Ask) -> Any:
    community = ask.wall()
    numbers = [int(each) for each in ask.several("post_ids") if each.isdigit()]
    if len(numbers) > 30:
        raise bad("post_ids")
    found = [community.posts[each] for each in numbers if each in community.posts]
    return [
        {
            "post_id": each.id,
            "reach_subscribers": each.views - each.views // 3,
            "reach_viral": each.views // 3,
            "reach_total": each.views,
            "links": 0,
            "to_group": 1,
            "join_group": 0,
            "hide": 0,
            "report": 0,
            "unsubscribe": 0,
        }
        for each in found
    ]


def _server_fields(ask: Ask) -> tuple[str, str, str]:
    url, title, secret = ask.text("url"), ask.text("title"), ask.text("secret_key")
    if not url.startswith(("http://", "https://")):
        raise bad("url")
    if not 1 <= len(title) <= 14:
        raise bad("title")
    if len(secret) > 50:
        raise bad("secret_key")
    return url, title, secret


def _switched(ask: Ask, before: set[str]) -> set[str]:
    told = {kind for kind in news.EVENTS if kind in ask.values}
    return (before - told) | {kind for kind in told if ask.truth(kind)}


ALL_EVENTS = (
    *news.EVENTS,
    *[
        "audio_new",
        "lead_forms_new",
        "message_reaction_event",
        "donut_subscription_create",
        "donut_subscription_prolonged",
        "donut_subscription_cancelled",
        "donut_subscription_expired",
        "donut_subscription_price_changed",
        "donut_money_withdraw",
        "donut_money_withdraw_error",
        "group_change_photo",
        "group_change_settings",
        "group_join",
        "group_leave",
        "group_officers_edit",
        "market_comment_delete",
        "market_comment_edit",
        "market_comment_new",
        "market_comment_restore",
        "market_order_new",
        "market_order_edit",
        "message_read",
        "message_typing_state",
        "photo_comment_delete",
        "photo_comment_edit",
        "photo_comment_new",
        "photo_comment_restore",
        "photo_new",
        "poll_vote_new",
        "user_block",
        "user_unblock",
        "video_comment_delete",
        "video_comment_edit",
        "video_comment_new",
        "video_comment_restore",
        "video_new",
        "wall_repost",
        "wall_schedule_post_new",
        "wall_schedule_post_delete",
        "like_add",
        "like_remove",
    ],
)

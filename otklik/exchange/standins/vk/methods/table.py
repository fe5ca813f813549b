"""The name of a method → what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from otklik.exchange.standins.vk.methods import board, groups, messages, photos, wall
from otklik.exchange.standins.vk.methods.asking import Ask

METHODS: Mapping[str, Callable[[Ask], Any]] = {
    "wall.get": wall.get,
    "wall.getById": wall.get_by_id,
    "wall.getComments": wall.get_comments,
    "wall.createComment": wall.create_comment,
    "wall.editComment": wall.edit_comment,
    "wall.deleteComment": wall.delete_comment,
    "wall.post": wall.post,
    "wall.edit": wall.edit,
    "wall.delete": wall.delete,
    "messages.send": messages.send,
    "messages.getHistory": messages.get_history,
    "messages.getConversations": messages.get_conversations,
    "messages.markAsRead": messages.mark_as_read,
    "board.getTopics": board.get_topics,
    "board.getComments": board.get_comments,
    "board.createComment": board.create_comment,
    "photos.getWallUploadServer": photos.wall_server,
    "photos.saveWallPhoto": photos.save_wall,
    "photos.getMessagesUploadServer": photos.messages_server,
    "photos.saveMessagesPhoto": photos.save_messages,
    "stats.get": groups.stats,
    "stats.getPostReach": groups.post_reach,
    "groups.getById": groups.get_by_id,
    "groups.getTokenPermissions": groups.token_permissions,
    "groups.getCallbackConfirmationCode": groups.confirmation_code,
    "groups.getCallbackServers": groups.callback_servers,
    "groups.addCallbackServer": groups.add_server,
    "groups.editCallbackServer": groups.edit_server,
    "groups.deleteCallbackServer": groups.delete_server,
    "groups.getCallbackSettings": groups.callback_settings,
    "groups.setCallbackSettings": groups.set_callback_settings,
    "groups.getLongPollServer": groups.long_poll_server,
    "groups.setLongPollSettings": groups.set_long_poll,
    "users.get": groups.users,
}

"""Staff accounts are made by the administrator: nobody signs up by himself."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Password letters go through the outbox once an installation has a mailbox."""
        from otklik.exchange.channels.actions import send_service_letter

        subject = self.render_mail(template_prefix, email, context).subject
        body = self.render_mail(template_prefix, email, context).body
        send_service_letter(recipient=email, subject=str(subject), text=str(body))

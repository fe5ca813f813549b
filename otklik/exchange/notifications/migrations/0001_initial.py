"""Notices to staff."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "Поручено обращение"),
                            ("unassigned", "Нужно назначить исполнителя"),
                            ("returned", "Ответ возвращён на доработку"),
                            ("approval_asked", "Нужно согласовать ответ"),
                            ("due_soon", "Срок подходит"),
                            ("overdue", "Срок пропущен"),
                            ("scored_low", "Низкая оценка ответа"),
                            ("reopened", "Обращение возвращено заявителем"),
                            ("new_letter", "Заявитель написал ещё раз"),
                            ("not_delivered", "Ответ не доставлен"),
                            ("channel_broken", "Канал не отвечает"),
                        ],
                        max_length=20,
                        verbose_name="о чём",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="текст")),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="куда ведёт")),
                (
                    "case_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="обращение"),
                ),
                (
                    "key",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="ключ"),
                ),
                ("created_at", models.DateTimeField(verbose_name="когда")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="прочитано")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "извещение",
                "verbose_name_plural": "извещения",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["account", "-id"],
                        name="notice_unread",
                    ),
                    models.Index(fields=["account", "municipality", "-id"], name="notice_recent"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("account", "key"),
                        name="notice_once",
                    )
                ],
            },
        ),
    ]

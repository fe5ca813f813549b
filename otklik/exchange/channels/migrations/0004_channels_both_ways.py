"""Webhooks, pace of tokens, edits and deletions, answers in several parts, counters of posts."""

import django.db.models.deletion
from django.db import migrations, models

import otklik.exchange.channels.models


def own_hook_keys(apps, schema_editor):
    """Each account gets a key of its own; the default was computed once for all rows."""
    for account in apps.get_model("channels", "ChannelAccount").objects.all():
        account.hook_key = otklik.exchange.channels.models.new_hook_key()
        account.save(update_fields=["hook_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_purposes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(max_length=64, unique=True, verbose_name="отпечаток ключа"),
                ),
                ("ready_at", models.DateTimeField(verbose_name="свободен с")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="отказов подряд")),
                ("closed_until", models.DateTimeField(null=True, verbose_name="не обращаться до")),
            ],
            options={
                "verbose_name": "темп обращений",
                "verbose_name_plural": "темпы обращений",
            },
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="findings",
            field=models.JSONField(blank=True, default=list, verbose_name="найдено при проверке"),
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="hook_key",
            field=models.CharField(
                default=otklik.exchange.channels.models.new_hook_key,
                max_length=64,
                verbose_name="ключ адреса событий",
            ),
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="poll_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="следующее посещение"),
        ),
        migrations.AddField(
            model_name="channelaccount",
            name="poll_every",
            field=models.PositiveIntegerField(default=60, verbose_name="посещать раз в, секунд"),
        ),
        migrations.AddField(
            model_name="inboundkey",
            name="deleted_at",
            field=models.DateTimeField(null=True, verbose_name="удалено автором"),
        ),
        migrations.AddField(
            model_name="inboundkey",
            name="version",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="follows",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followed_by",
                to="channels.outboundmessage",
            ),
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="target",
            field=models.JSONField(blank=True, default=dict, verbose_name="куда именно"),
        ),
        migrations.CreateModel(
            name="ChannelEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.CharField(max_length=200)),
                ("body", models.BinaryField()),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "ждёт разбора"),
                            ("done", "разобрано"),
                            ("failed", "не разобрано, нужен человек"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="channels.channelaccount",
                    ),
                ),
            ],
            options={
                "verbose_name": "событие канала",
                "verbose_name_plural": "события каналов",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["account", "id"],
                        name="channel_event_waiting",
                    ),
                    models.Index(fields=["received_at"], name="channel_event_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "event_id"), name="channel_event_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PostFigures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_id", models.CharField(max_length=200, verbose_name="номер публикации")),
                ("moment", models.DateTimeField(verbose_name="когда")),
                ("views", models.BigIntegerField(null=True, verbose_name="просмотры")),
                ("likes", models.BigIntegerField(null=True, verbose_name="отметки «нравится»")),
                ("reposts", models.BigIntegerField(null=True, verbose_name="пересылки")),
                ("comments", models.BigIntegerField(null=True, verbose_name="комментарии")),
                ("reach", models.BigIntegerField(null=True, verbose_name="охват")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="channels.channelaccount",
                    ),
                ),
            ],
            options={
                "verbose_name": "показатели публикации",
                "verbose_name_plural": "показатели публикаций",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "external_id", "moment"), name="post_figures_once"
                    )
                ],
            },
        ),
        migrations.RunPython(own_hook_keys, migrations.RunPython.noop),
    ]

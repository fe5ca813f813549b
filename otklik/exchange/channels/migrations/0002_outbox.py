"""The outbox and the ledger of its attempts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("channels", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboundMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "case_id",
                    models.BigIntegerField(blank=True, null=True, verbose_name="обращение"),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("pos", "ПОС"),
                            ("incident", "Инцидент менеджмент"),
                            ("hotline122", "122 и телефон"),
                            ("email", "Почта"),
                            ("vk", "ВКонтакте"),
                            ("ok", "Одноклассники"),
                            ("telegram", "Telegram"),
                            ("max", "MAX"),
                            ("portal", "Сайт"),
                            ("paper", "Письмо"),
                            ("reception", "Личный приём"),
                            ("active_citizen", "Активный гражданин"),
                            ("open311", "Open311"),
                            ("other", "Другое"),
                        ],
                        max_length=20,
                        verbose_name="канал",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("answer", "ответ заявителю"),
                            ("receipt", "подтверждение приёма"),
                            ("survey", "просьба оценить ответ"),
                            ("extension", "уведомление о продлении срока"),
                            ("task", "поручение исполнителю"),
                            ("notice", "извещение сотруднику"),
                            ("service", "служебное письмо"),
                        ],
                        max_length=20,
                        verbose_name="назначение",
                    ),
                ),
                ("recipient", models.CharField(blank=True, max_length=320, verbose_name="кому")),
                ("subject", models.CharField(blank=True, max_length=500, verbose_name="тема")),
                ("text", models.TextField(verbose_name="текст")),
                ("html", models.TextField(blank=True, verbose_name="текст с разметкой")),
                (
                    "attachment_ids",
                    models.JSONField(blank=True, default=list, verbose_name="файлы"),
                ),
                ("reply_to", models.JSONField(blank=True, default=list, verbose_name="в ответ на")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "ждёт отправки, можно отменить"),
                            ("queued", "в очереди"),
                            ("sending", "отправляется"),
                            ("to_carry", "разместить вручную"),
                            ("sent", "отправлено"),
                            ("delivered", "доставлено"),
                            ("failed", "не доставлено"),
                            ("unconfirmed", "доставка не подтверждена"),
                            ("cancelled", "отменено"),
                        ],
                        max_length=20,
                        verbose_name="состояние",
                    ),
                ),
                ("send_after", models.DateTimeField(verbose_name="отправить после")),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="ключ")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="попыток")),
                (
                    "lease_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="занято до"),
                ),
                ("last_error", models.TextField(blank=True, default="", verbose_name="ошибка")),
                (
                    "external_id",
                    models.CharField(
                        blank=True, default="", max_length=500, verbose_name="номер в канале"
                    ),
                ),
                (
                    "external_url",
                    models.CharField(
                        blank=True, default="", max_length=1000, verbose_name="адрес размещения"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="создано")),
                ("created_label", models.CharField(max_length=300, verbose_name="кем")),
                (
                    "exported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="выгружено"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлено")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outbound",
                        to="channels.channelaccount",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outbound_messages",
                        to="organisation.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "исходящее сообщение",
                "verbose_name_plural": "исходящие сообщения",
            },
        ),
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="попытка")),
                ("started_at", models.DateTimeField(verbose_name="начата")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="закончена"),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "принято службой"),
                            ("delivered", "доставлено"),
                            ("to_carry", "ждёт сотрудника"),
                            ("refused", "отказано"),
                            ("postponed", "временный отказ"),
                            ("unknown", "ответа не было"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="итог",
                    ),
                ),
                ("detail", models.TextField(blank=True, default="", verbose_name="ответ службы")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts_made",
                        to="channels.outboundmessage",
                    ),
                ),
            ],
            options={
                "verbose_name": "попытка доставки",
                "verbose_name_plural": "попытки доставки",
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(fields=["case_id", "created_at"], name="outbound_case"),
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(
                condition=models.Q(("state__in", ["held", "queued", "sending"])),
                fields=["send_after"],
                name="outbound_due",
            ),
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(
                condition=models.Q(("state__in", ["to_carry", "failed", "unconfirmed"])),
                fields=["municipality", "channel", "created_at"],
                name="outbound_attention",
            ),
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=["external_id"],
                name="outbound_external",
            ),
        ),
        migrations.AddConstraint(
            model_name="deliveryattempt",
            constraint=models.UniqueConstraint(
                fields=("message", "number"), name="delivery_attempt_once"
            ),
        ),
    ]

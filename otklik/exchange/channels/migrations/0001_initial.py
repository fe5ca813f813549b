"""Tables of the exchange. Inbound messages grow without end: partitioned by year from the start."""

import django.db.models.deletion
from django.db import migrations, models

INBOUND = """
CREATE SEQUENCE channels_inbound_id_seq;
CREATE TABLE channels_inbound (
    id bigint NOT NULL DEFAULT nextval('channels_inbound_id_seq'),
    received_at timestamptz NOT NULL,
    taken_at timestamptz NOT NULL,
    municipality_id bigint NOT NULL,
    account_id bigint NOT NULL,
    channel varchar(20) NOT NULL,
    kind varchar(20) NOT NULL,
    external_id varchar(500) NOT NULL,
    revision integer NOT NULL CHECK (revision >= 1),
    sender varchar(320) NOT NULL,
    sender_name varchar(300) NOT NULL,
    addressee varchar(320) NOT NULL,
    subject varchar(1000) NOT NULL,
    text text NOT NULL,
    quoted text NOT NULL,
    thread_key varchar(500) NOT NULL,
    details jsonb NOT NULL,
    raw bytea NOT NULL,
    disposition varchar(20) NOT NULL,
    reason varchar(500) NOT NULL,
    file_problems jsonb NOT NULL,
    case_id bigint,
    PRIMARY KEY (id, received_at)
) PARTITION BY RANGE (received_at);
ALTER SEQUENCE channels_inbound_id_seq OWNED BY channels_inbound.id;
DO $$
BEGIN
  FOR y IN 2020..2040 LOOP
    EXECUTE format('CREATE TABLE channels_inbound_%s PARTITION OF channels_inbound
      FOR VALUES FROM (''%s-01-01 00:00+00'') TO (''%s-01-01 00:00+00'')', y, y, y + 1);
  END LOOP;
END $$;
CREATE TABLE channels_inbound_other PARTITION OF channels_inbound DEFAULT;
CREATE INDEX inbound_account ON channels_inbound (account_id, received_at DESC);
CREATE INDEX inbound_waiting ON channels_inbound (municipality_id, received_at DESC)
  WHERE case_id IS NULL;
CREATE INDEX inbound_case ON channels_inbound (case_id);
CREATE FUNCTION channels_inbound_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Входящее сообщение не меняется: правка — это новая редакция'
    USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER channels_inbound_immutable
  BEFORE UPDATE OF received_at, municipality_id, account_id, channel, kind, external_id, revision,
    sender, subject, text, quoted, raw ON channels_inbound
  FOR EACH ROW EXECUTE FUNCTION channels_inbound_refuse();
"""
NO_INBOUND = """
DROP TABLE channels_inbound;
DROP FUNCTION channels_inbound_refuse();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelAccount",
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
                ("title", models.CharField(max_length=200, verbose_name="название")),
                ("settings", models.JSONField(blank=True, default=dict, verbose_name="настройки")),
                (
                    "secret",
                    models.TextField(blank=True, default="", verbose_name="секрет (зашифрован)"),
                ),
                ("enabled", models.BooleanField(default=True, verbose_name="включён")),
                (
                    "basis",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="решение о подключении"
                    ),
                ),
                ("cursor", models.JSONField(blank=True, default=dict, verbose_name="прочитано до")),
                (
                    "checked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="проверялся"),
                ),
                ("worked_at", models.DateTimeField(blank=True, null=True, verbose_name="работал")),
                (
                    "last_error",
                    models.TextField(blank=True, default="", verbose_name="последняя ошибка"),
                ),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="ошибок подряд")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channel_accounts",
                        to="organisation.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "канал",
                "verbose_name_plural": "каналы",
                "ordering": ["kind", "title"],
            },
        ),
        migrations.CreateModel(
            name="InboundKey",
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
                            ("letter", "письмо"),
                            ("form", "заявка с сайта"),
                            ("row", "строка выгрузки"),
                            ("call", "звонок"),
                            ("comment", "комментарий"),
                            ("post", "публикация"),
                            ("direct", "личное сообщение"),
                        ],
                        max_length=20,
                    ),
                ),
                ("external_id", models.CharField(max_length=500)),
                ("message_id", models.BigIntegerField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channels.channelaccount",
                    ),
                ),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(INBOUND, NO_INBOUND)],
            state_operations=[
                migrations.CreateModel(
                    name="InboundMessage",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("received_at", models.DateTimeField(verbose_name="получено")),
                        ("taken_at", models.DateTimeField(verbose_name="принято системой")),
                        ("municipality_id", models.BigIntegerField(verbose_name="муниципалитет")),
                        ("account_id", models.BigIntegerField(verbose_name="канал")),
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
                                verbose_name="вид канала",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("letter", "письмо"),
                                    ("form", "заявка с сайта"),
                                    ("row", "строка выгрузки"),
                                    ("call", "звонок"),
                                    ("comment", "комментарий"),
                                    ("post", "публикация"),
                                    ("direct", "личное сообщение"),
                                ],
                                max_length=20,
                                verbose_name="вид",
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(max_length=500, verbose_name="номер в канале"),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(default=1, verbose_name="редакция"),
                        ),
                        (
                            "sender",
                            models.CharField(
                                blank=True, max_length=320, verbose_name="отправитель"
                            ),
                        ),
                        (
                            "sender_name",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="имя отправителя"
                            ),
                        ),
                        (
                            "addressee",
                            models.CharField(blank=True, max_length=320, verbose_name="кому"),
                        ),
                        (
                            "subject",
                            models.CharField(blank=True, max_length=1000, verbose_name="тема"),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="текст")),
                        ("quoted", models.TextField(blank=True, verbose_name="процитировано")),
                        (
                            "thread_key",
                            models.CharField(blank=True, max_length=500, verbose_name="переписка"),
                        ),
                        ("details", models.JSONField(default=dict, verbose_name="подробности")),
                        ("raw", models.BinaryField(verbose_name="как пришло (zlib)")),
                        (
                            "disposition",
                            models.CharField(
                                choices=[
                                    ("accepted", "принято"),
                                    ("automatic", "автоматическое, без обращения"),
                                    ("bounce", "отчёт о недоставке"),
                                    ("echo", "наше собственное письмо"),
                                    ("unreadable", "не удалось разобрать, нужен человек"),
                                ],
                                max_length=20,
                                verbose_name="что сделано",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="почему"),
                        ),
                        (
                            "file_problems",
                            models.JSONField(default=list, verbose_name="непринятые файлы"),
                        ),
                        ("case_id", models.BigIntegerField(null=True, verbose_name="обращение")),
                    ],
                    options={
                        "verbose_name": "входящее сообщение",
                        "verbose_name_plural": "входящие сообщения",
                        "db_table": "channels_inbound",
                        "indexes": [
                            models.Index(
                                fields=["account_id", "-received_at"], name="inbound_account"
                            ),
                            models.Index(
                                condition=models.Q(("case_id__isnull", True)),
                                fields=["municipality_id", "-received_at"],
                                name="inbound_waiting",
                            ),
                            models.Index(fields=["case_id"], name="inbound_case"),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="channelaccount",
            constraint=models.UniqueConstraint(
                fields=("municipality", "kind", "title"), name="channel_account_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundkey",
            constraint=models.UniqueConstraint(
                fields=("account", "kind", "external_id"), name="inbound_key_once"
            ),
        ),
    ]

"""The official client of MAX finds in the stand-in the MAX it knows."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from otklik.exchange.standins.max.application import MaxStandIn
from otklik.exchange.standins.max.first_state import CHANNEL, MARIA, MARIAS_DIALOGUE, PETR, TOKEN
from otklik.exchange.standins.tests.pictures import picture

ROOT = Path(__file__).parents[5]
NODE = shutil.which("node")
CLIENT = ROOT / "node_modules" / "@maxhub" / "max-bot-api"


@pytest.mark.skipif(not NODE or not CLIENT.is_dir(), reason="официальный клиент не поставлен")
def test_the_official_client_reads_answers_and_comments(app: MaxStandIn, tmp_path: Path) -> None:
    photo = tmp_path / "фонарь.jpg"
    photo.write_bytes(picture())
    app.slow_files = 1
    with app.changed:
        post = next(iter(app.world.chats[CHANNEL].messages))
        app.citizens.look(post, 12)
        app.citizens.comment(PETR, post, "А объезд до скольки?")
        app.citizens.write(MARIA, MARIAS_DIALOGUE, "Не горит фонарь")

    run = subprocess.run(
        [
            str(NODE), str(Path(__file__).parent / "drive.js"),
            app.url, TOKEN, str(CHANNEL), str(photo),
        ],
        capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules")},
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "me": "otklik_gorod_bot",
        "chats": ["dialog", "channel", "chat"],
        "admin": True,
        "question": "Не горит фонарь",
        "answered": True,
        "answer": "Починим в четверг.",
        "views": 12,
        "comment": "А объезд до скольки?",
        "reply": "Да, до 15:00.",
        "removed": True,
        "subscribed": ["https://otklik.example.org/max"],
        "refused": 404,
    }
    assert [each.status for each in app.calls if each.name == "POST /messages"] == [400, 200, 404]

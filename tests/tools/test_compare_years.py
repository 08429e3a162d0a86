"""Two rehearsals are the same but for what must differ, and a single changed word is seen."""

import sqlite3
from email.message import EmailMessage
from pathlib import Path

import pytest

from tools.compare_years import compare


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    """Two rehearsals with one letter and one answer each; keys, ids and hashes differ."""
    made = tmp_path / "before", tmp_path / "after"
    for number, home in enumerate(made):
        (home / "mailbox").mkdir(parents=True)
        post(home, f"Xin mời: http://127.0.0.1/tra-loi/key-{number}")
        with sqlite3.connect(home / "visits.db") as database:
            database.execute("CREATE TABLE answer (id INTEGER, kind TEXT, content TEXT)")
            database.execute("CREATE TABLE audit (id INTEGER, what TEXT, hash TEXT)")
            database.execute("INSERT INTO answer VALUES (?, 'choice', '{}')", (number,))
            database.execute("INSERT INTO audit VALUES (1, 'chọn', ?)", (f"hash {number}",))
    return made


def post(home: Path, text: str) -> None:
    """Put a letter into the mailbox of a rehearsal."""
    letter = EmailMessage()
    letter["Subject"], letter["Date"] = "Giấy mời", f"{home.name}"
    letter.set_content(text)
    (home / "mailbox" / "1.eml").write_bytes(letter.as_bytes())


def test_keys_ids_and_hashes_are_not_what_a_year_says(homes: tuple[Path, Path]) -> None:
    found = compare(*homes)

    assert found["letters"] == {"before": 1, "after": 1, "same": 1}
    assert found["tables"] == {name: {"before": 1, "after": 1, "same": 1} for name in ("answer", "audit")}


def test_one_word_of_a_letter_is_seen(homes: tuple[Path, Path]) -> None:
    post(homes[1], "Xin mời lại: http://127.0.0.1/tra-loi/key-1")

    found = compare(*homes)["letters"]

    assert found["same"] == 0
    assert "Xin mời lại" in found["only_after"][0]


def test_one_field_of_a_record_is_seen(homes: tuple[Path, Path]) -> None:
    with sqlite3.connect(homes[1] / "visits.db") as database:
        database.execute("UPDATE answer SET kind = 'move'")

    assert compare(*homes)["tables"]["answer"]["only_after"] == ["('move', '{}')"]

"""An archive holds everything, says what each file is, and can be checked without us."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from sqlalchemy import select

from archive.folder import CONTENTS, write_visit, write_year
from config.settings import settings
from database.audit import chained
from database.converter import structure
from database.engine import reading
from database.models import AnswerRow, AuditRow, DocumentFileRow, LetterRow
from domain.problem import Refused
from domain.score_sheet import ScoreSheet, Whose
from letters.masked import masked_letter
from tests.desk import Desk
from tests.may import MAY
from tests.web.letters_links import link_in
from tests.workbooks import given

pytestmark = pytest.mark.usefixtures("desk")


def archive_of(what: str | int) -> zipfile.ZipFile:
    out = io.BytesIO()
    with reading(settings().database) as session:
        count = write_year(session, what, out) if isinstance(what, int) else write_visit(session, what, out)
    archive = zipfile.ZipFile(out)
    assert len(archive.namelist()) == count + 1  # and the table of contents
    return archive


def under(archive: zipfile.ZipFile, folder: str) -> list[str]:
    return [name for name in archive.namelist() if name.startswith(f"{folder}/")]


def test_a_visit_is_there_whole(desk: Desk) -> None:
    desk.until_reported()
    archive = archive_of(MAY)
    with reading(settings().database) as session:
        letters = session.scalars(select(LetterRow).order_by(LetterRow.id)).all()
        kept_letters = [archive.read(name) for name in under(archive, "thu")]
        assert kept_letters == [masked_letter(letter.raw) for letter in letters]
        assert next(letter.raw for letter in letters if letter.purpose == "selection_notice") in kept_letters
        answers = session.scalars(select(AnswerRow)).all()
        assert len([name for name in under(archive, "tra-loi") if name.endswith(".json")]) == len(answers)
        kept = {name.rpartition("/")[2]: archive.read(name) for name in under(archive, "van-ban")}
        for file in session.scalars(select(DocumentFileRow)):
            assert kept[file.name] == file.content
    assert letters
    assert any("group-report" in name or "BC-to-cong-tac" in name for name in under(archive, "van-ban"))


def test_the_table_of_contents_names_every_file_with_its_hash(desk: Desk) -> None:
    desk.until_reported()
    archive = archive_of(MAY)
    lines = list(csv.DictReader(io.StringIO(archive.read(CONTENTS).decode("utf-8-sig"))))
    assert [line["Tệp"] for line in lines] == [name for name in archive.namelist() if name != CONTENTS]
    for line in lines:
        assert hashlib.sha256(archive.read(line["Tệp"])).hexdigest() == line["SHA-256"]


def test_file_names_open_on_any_system_and_none_comes_twice(desk: Desk) -> None:
    desk.until_reported()
    names = archive_of(2024).namelist()
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.isascii() and not set(name) & set('\\:*?"<>|') for name in names)


def test_each_line_of_the_record_can_be_recomputed_from_the_archive(desk: Desk) -> None:
    desk.until_reported()
    lines = archive_of(2024).read("nhat-ky.jsonl").decode().splitlines()
    with reading(settings().database) as session:
        rows = {row.id: row for row in session.scalars(select(AuditRow))}
    assert len(lines) == len(rows)
    for line in map(json.loads, lines):
        at = rows[line["id"]].at
        assert at.isoformat() == line["at"]
        said = (line["previous"], line["id"], at, line["who"], line["what"], line["visit"], line["details"])
        assert chained(*said, line["seals"]) == line["hash"]


def test_a_year_holds_its_plan_its_tables_and_every_visit(desk: Desk) -> None:
    desk.until_reported()
    archive = archive_of(2024)
    assert "ke-hoach/ban-1.json" in archive.namelist()
    assert "bang/nam-2024.xlsx" in archive.namelist()
    assert len({name.split("/")[1] for name in under(archive, "chuyen") if name[7:11] == "2024"}) >= 9 + 7


def test_the_same_records_give_the_same_bytes(desk: Desk) -> None:
    desk.until_reported()
    first, second = io.BytesIO(), io.BytesIO()
    with reading(settings().database) as session:
        write_year(session, 2024, first)
        write_year(session, 2024, second)
    assert first.getvalue() == second.getvalue()


def test_score_sheets_are_there_and_can_be_computed_anew(desk: Desk) -> None:
    """4.5: the sheet holds its rubric whole."""
    desk.until_met()
    given()
    given(whose=Whose.OWN)
    archive = archive_of(MAY)

    kept = [json.loads(archive.read(f"tra-loi/score_ban-{number}.json"))["content"] for number in (1, 2)]

    assert [one["whose"] for one in kept] == ["group", "own"]
    assert all(structure(one, ScoreSheet).is_reproduced for one in kept)


def test_a_visit_nobody_knows_is_refused() -> None:
    with reading(settings().database) as session, pytest.raises(Refused):
        write_visit(session, "2024-05/khong_co", io.BytesIO())


def test_no_archive_hands_out_the_key_of_a_link(desk: Desk) -> None:
    """Whoever had one could answer in its recipient's name."""
    desk.until_reported()
    tokens = [link_in(desk, *of).rpartition("/")[2] for of in LINKS]

    for archive in (archive_of(MAY), archive_of(2024)):
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert [token for token in tokens if token.encode() in everything] == []


LINKS = (("nomination_request", "host"), ("findings_request", "inspector:1"))

"""`visits score`: fills in the score sheets of an attended meeting, and shows what they come to (4.5)."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from answers.answering import Giver
from answers.scores import attended, record_score, rubric_for
from cli.output import print_json, print_table, refusing, say, say_problems
from config.settings import settings
from database import visits
from database.dossier import open_dossier
from database.engine import reading
from database.scores import read_scores
from domain.meeting_score import Given, MeetingScore
from domain.nomination import Meeting
from domain.problem import Problem, Refused
from domain.rubric import Rubric
from domain.rubric_bands import shown
from domain.score_sheet import Whose
from sheets.scores.score_file import read_score, score_form

app = typer.Typer(help="Điểm buổi sinh hoạt: lấy mẫu phiếu, ghi phiếu, xem và so sánh.", no_args_is_help=True)

Visit = Annotated[str, typer.Argument(metavar="VISIT", help="2024-02/nhon_trach, hoặc 2024-02")]
MeetingNumber = Annotated[int, typer.Option("--meeting", help="số của nơi dự trong danh sách")]
RubricId = Annotated[str, typer.Option("--rubric", help="mã phiếu, là “id” trong tệp phiếu")]
Side = Annotated[Whose, typer.Option("--whose", help="group: Tổ công tác chấm; own: đơn vị tự chấm")]


@app.command()
@refusing
def enter(
    visit: Visit,
    meeting: MeetingNumber,
    whose: Side,
    rubric: RubricId,
    file: Annotated[Path, typer.Option("--file", help="phiếu đã điền, lấy mẫu bằng visits score form")],
    by: Annotated[str, typer.Option("--by", help="họ tên người chấm; mỗi người một phiếu")],
) -> None:
    """Ghi một phiếu đã điền; phiếu sau của cùng một người thay phiếu trước, bản cũ vẫn được giữ."""
    sheet, place = _looked_up(visit, meeting, rubric)
    inputs, problems = read_score(file, sheet, place)
    if inputs is None:
        raise Refused(*problems)
    taken = record_score(visit, meeting, whose, rubric, inputs, Giver(by, "cli"))
    say_problems(
        Problem(f"{taken.rubric.named(name)} ({name})", taken.score.line(name).why, "bổ sung rồi ghi lại", warning=True)
        for name in taken.score.missing
    )
    say(f"Đã ghi, {_result(taken.score.value, taken.score.grade)}.")
    if taken.rubric.example:
        say("Phiếu này là ví dụ, không phải tiêu chí của tỉnh nào.")


@app.command()
@refusing
def form(
    visit: Visit,
    meeting: MeetingNumber,
    rubric: RubricId,
    to: Annotated[Path, typer.Option("--to", help="tệp .yaml để ghi; tệp đã có thì không ghi đè")],
) -> None:
    """Ghi phiếu trống để điền: đủ tiêu chí, mỗi dòng nói cách chấm."""
    sheet, place = _looked_up(visit, meeting, rubric)
    try:
        with to.open("x", encoding="utf-8") as written:
            written.write(score_form(sheet, place))
    except FileExistsError:
        raise Refused(Problem(str(to), "đã có tệp này, có thể đã điền", "đặt tên khác, hoặc xóa tệp cũ")) from None
    except OSError as error:
        remedy = "kiểm tra thư mục và quyền ghi"
        raise Refused(Problem(str(to), f"không ghi được ({error.strerror})", remedy)) from None
    say(f"Đã ghi {to}.")


@app.command()
@refusing
def show(
    visit: Visit, as_json: Annotated[bool, typer.Option("--json", help="in JSON cho chương trình đọc")] = False
) -> None:
    """Điểm của từng nơi đã dự: từng phiếu, điểm của Tổ công tác, đơn vị tự chấm, chênh lệch từng tiêu chí."""
    with reading(settings().database) as session:
        found = read_scores(open_dossier(session, visits.find(session, visit).id))
    if as_json:
        print_json([_data(one) for one in found])
        return
    if not found:
        say("Chưa chọn nơi dự.")
    for one in found:
        _say_meeting(one)


def _looked_up(visit: str, number: int, rubric: str) -> tuple[Rubric, Meeting]:
    """The rubric and the meeting that are meant, if that meeting may be scored by it."""
    with reading(settings().database) as session:
        dossier = open_dossier(session, visits.find(session, visit).id)
        meeting = attended(dossier, number)
        return rubric_for(meeting, dossier.visit.year, rubric), meeting


def _say_meeting(one: MeetingScore) -> None:
    say(f"{one.meeting.number}. {one.meeting.organisation}")
    for each in (*one.group, *([one.own] if one.own else [])):
        say(f"  {_sheet(one, each)}")
    if one.total:
        say(f"  Điểm của Tổ công tác: {_result(one.total.value, one.total.grade)}")
    if one.why:
        say(f"  {one.why[:1].upper()}{one.why[1:]}.")
    if one.comparison:
        print_table(
            one.comparison.said[:1].upper() + one.comparison.said[1:],
            ("Tiêu chí", "Đơn vị tự chấm", "Tổ công tác", "Chênh lệch"),
            (
                (line.label, _points(line.own), _points(line.group), _points(line.by))
                for line in (*one.comparison.lines, one.comparison.value)
            ),
        )


def _sheet(one: MeetingScore, each: Given) -> str:
    sheet = each.sheet
    notes = [] if sheet.whose is Whose.OWN or each in one.counted else ["không tính"]
    notes += [f"còn thiếu {len(sheet.score.missing)} tiêu chí"] if sheet.score.missing else []
    notes += [] if sheet.is_reproduced else ["tính lại không ra điểm đã lưu"]
    remarks = f" ({'; '.join(notes)})" if notes else ""
    points = _result(sheet.score.value, sheet.score.grade)
    return f"{sheet.whose.vietnamese}, {each.by}: {points}, theo {sheet.rubric.id} bản {sheet.rubric.version}{remarks}"


def _result(value: Decimal, grade: str) -> str:
    return f"{shown(value)} điểm, {f'xếp loại {grade}' if grade else 'chưa xếp loại'}"


def _points(value: Decimal | None) -> str:
    return "—" if value is None else shown(value)


def _data(one: MeetingScore) -> dict[str, Any]:
    return {
        "meeting": one.meeting.number, "organisation": one.meeting.organisation,
        "sheets": [_sheet_data(one, each) for each in (*one.group, *([one.own] if one.own else []))],
        "group": one.total, "comparison": one.comparison, "why": one.why,
    }  # fmt: skip


def _sheet_data(one: MeetingScore, each: Given) -> dict[str, Any]:
    sheet = each.sheet
    return {
        "whose": sheet.whose, "by": each.by, "at": each.at, "version": each.version, "counted": each in one.counted,
        "rubric": {"id": sheet.rubric.id, "version": sheet.rubric.version, "hash": sheet.rubric_hash},
        "inputs": sheet.inputs, "score": sheet.score, "reproduced": sheet.is_reproduced,
    }  # fmt: skip

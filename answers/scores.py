"""Score sheets of an attended meeting: by each member of the working group, and by the unit itself (4.5)."""

from collections.abc import Mapping

from answers.answering import Giver, refuse_if, taking
from answers.drafts import DraftKey
from config.rubric_file import find_rubrics, fitting_rubrics
from config.settings import settings
from database import answers, drafts, scores
from database.dossier import Dossier
from database.engine import again_if_undone
from domain.dates import short_date
from domain.meeting_score import Given
from domain.nomination import Meeting
from domain.problem import Overtaken, Problem, Refused
from domain.rubric import MEETING_KINDS, Rubric
from domain.rubric_inputs import Inputs
from domain.score_sheet import ScoreSheet, Whose, check_sheet, fill, named


@again_if_undone
def record_score(
    reference: str, meeting_number: int, whose: Whose, rubric_id: str, inputs: Inputs, giver: Giver,
    seen: int | None = None, draft: DraftKey | None = None,
) -> ScoreSheet:  # fmt: skip
    """Take one sheet of a chosen meeting, complete or not; a person's new sheet takes the place of the one before.

    `draft` is what it was written in, and is closed by it. `seen` is the version of that earlier sheet the writer had
    before his eyes (0: none). Refused before the day of the meeting, once the visit is closed, by a rubric that does
    not fit, and for what cannot be. No step waits for a score, so the visit is not woken.
    """
    with taking(reference, giver, "chấm điểm", news=False) as dossier:
        meeting = attended(dossier, meeting_number)
        rubric = rubric_for(meeting, dossier.visit.year, rubric_id)
        refuse_if(named(rubric, check_sheet(rubric, meeting, inputs)))
        before = scores.sheet_of(dossier, meeting_number, whose, giver.name)
        if seen is not None and seen != (before.version if before else 0):
            raise Overtaken(_taken(before))
        sheet = fill(meeting_number, whose, rubric, inputs)
        answers.record(dossier.session, dossier.visit.id, scores.KIND, sheet, by=giver.name, source=giver.source)
        if draft:
            drafts.close(dossier.session, dossier.visit.id, draft.owner, draft.turn)
    return sheet


def attended(dossier: Dossier, number: int) -> Meeting:
    """The chosen meeting of that number, from its day on; else `Refused`."""
    key, chosen = dossier.visit.key, {one.number: one for one in dossier.chosen}
    if not chosen:
        raise Refused(Problem(key, "chưa chọn nơi dự", "chọn trước: visits choose"))
    if number not in chosen:
        numbers = ", ".join(str(one) for one in chosen)
        raise Refused(Problem("--meeting", f"số {number} không phải nơi được chọn", f"nơi được chọn: {numbers}"))
    if dossier.today < chosen[number].day:
        fault = f"chưa tới ngày sinh hoạt ({short_date(chosen[number].day)})"
        raise Refused(Problem(key, fault, "chấm điểm sau khi dự"))
    return chosen[number]


def rubrics_for(meeting: Meeting, year: int) -> Mapping[str, Rubric]:
    """The rubrics that may be used for that meeting, by their id."""
    return fitting_rubrics(meeting.kind.value, year, settings().rubrics)


def rubric_for(meeting: Meeting, year: int, rubric_id: str) -> Rubric:
    """The rubric of that id; `Refused` if there is none, or none for that kind of meeting and plan year."""
    fit = rubrics_for(meeting, year)
    if rubric_id in fit:
        return fit[rubric_id]
    known = any(one.id == rubric_id for one in find_rubrics(settings().rubrics).values())
    kind = MEETING_KINDS[meeting.kind.value]
    fault = (
        f"phiếu “{rubric_id}” không dùng cho sinh hoạt {kind} năm {year}" if known else f"không có phiếu “{rubric_id}”"
    )
    raise Refused(Problem("--rubric", fault, f"dùng được: {', '.join(fit) or 'chưa có phiếu nào'}"))


def _taken(before: Given | None) -> Problem:
    who = f"{before.by} đã ghi phiếu này lúc {before.at:%H:%M %d/%m/%Y}" if before else "phiếu này chưa có trước đó"
    return Problem("phiếu", who, "xem lại rồi ghi")

"""Annual summary, step 1: adds up the year from its records, and waits for what the office proposes (R68, R74, D14)."""

from config.settings import settings
from database.dossier import Dossier
from domain.answer_kind import AnswerKind
from domain.letters_and_documents import Purpose
from domain.obligation import SummaryStep
from domain.outcome import Done, Outcome, Waiting
from domain.wait import Wait
from papers.annual import summarise
from papers.drafts import draw_up
from tasks.asking.reminding import ask_staff
from tasks.steps.step_task import step_task


def work(dossier: Dossier) -> Outcome:
    """The figures are the service's; section IV is written by a person, and may be said to be empty."""
    visit = dossier.visit
    if dossier.today < visit.opens_on:
        return Waiting(Wait.SUMMARY_DAY, visit.opens_on, "chưa hết hạn báo cáo của các đơn vị")
    summary = summarise(dossier.session, visit.year)
    draw_up(dossier, Purpose.ANNUAL_REPORT)
    came = len(summary.reports) - len(summary.missing_reports)
    told = f"{len(summary.held)}/{len(summary.rounds)} đợt, {came}/{len(summary.reports)} báo cáo"
    if dossier.answer(AnswerKind.PROPOSALS) is not None:
        return Done(told)
    missing = ", ".join(one.unit for one in summary.missing_reports)
    following = ask_staff(
        dossier, Wait.PROPOSALS, "summary", settings().ladders.summary_within,
        task="Ghi nhiệm vụ, giải pháp năm sau cho báo cáo tổng hợp",
        detail=f"Số liệu năm {visit.year}: {told}." + (f" Chưa báo cáo: {missing}." if missing else ""),
        command=f'visits summary propose {visit.year} --text "…" --by "…"',
    )  # fmt: skip
    return Waiting(Wait.PROPOSALS, following, told)


gather = step_task(SummaryStep.GATHER, work)

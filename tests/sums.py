"""Recomputes the figures of the annual report by plain SQL, without a line of the code that made them (6.7 no. 11)."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from papers.annual import summarise

_NEWEST = "a.version = (select max(b.version) from answer b where b.visit_id = a.visit_id and b.kind = a.kind)"
_OF_VISITS = "from visit v join answer a on a.visit_id = v.id where v.kind = 'visit' and v.year = :year"
_IN_LISTS = _OF_VISITS.replace(" where", ", json_each(a.content, '$.meetings') m where")
_REPORTS = "from visit v join answer a on a.visit_id = v.id where v.kind = 'self_report' and v.year = :year"
#: A version that was sent back and not followed by another.
_BACK = (
    "exists (select 1 from answer r where r.visit_id = a.visit_id and r.kind = 'self_report_review'"
    " and r.answers = a.version and json_extract(r.content, '$.accepted') = 0)"
)


def _sum(path: str) -> str:
    return (
        f"select coalesce(sum(json_extract(a.content, '$.{path}')), 0) {_REPORTS} and v.state != 'filed'"
        f" and a.kind = 'self_report' and {_NEWEST} and not {_BACK}"
    )


def _length(path: str) -> str:
    """How many there are in the newest findings of all visits."""
    return (
        f"select coalesce(sum(json_array_length(a.content, '$.findings.{path}')), 0) {_OF_VISITS}"
        f" and a.kind = 'findings' and {_NEWEST}"
    )


FIGURES = {
    "rounds_planned": "select count(*) from visit where kind = 'visit' and year = :year and state != 'withdrawn'",
    "rounds_held": f"select count(distinct v.id) {_OF_VISITS} and a.kind = 'findings'",
    "organisations": (
        f"select coalesce(sum(json_array_length(a.content, '$.meetings')), 0) {_OF_VISITS} and a.kind = 'choice'"
        f" and {_NEWEST} and exists (select 1 from answer f where f.visit_id = v.id and f.kind = 'findings')"
    ),
    "overridden_choices": (
        f"select count(*) {_OF_VISITS} and a.kind = 'choice' and {_NEWEST}"
        " and json_extract(a.content, '$.override') != ''"
    ),
    "notices": (
        "select count(*) from visit v join document d on d.visit_id = v.id where v.kind = 'visit'"
        " and v.year = :year and d.kind = 'result_notice' and d.state = 'issued'"
    ),
    "strengths": _length("strengths"),
    "limitations": _length("limitations"),
    "recommendations": _length("recommendations"),
    "causes": _length("causes"),
    "listed_meetings": (
        f"select coalesce(sum(json_array_length(a.content, '$.meetings')), 0) {_OF_VISITS}"
        f" and a.kind = 'nominations' and {_NEWEST}"
    ),
    "late_meetings": (
        f"select count(*) {_IN_LISTS}"
        f" and a.kind = 'nominations' and {_NEWEST} and julianday(substr(json_extract(m.value, '$.starts_at'), 1, 10))"
        " - julianday(json_extract(a.content, '$.received_on')) < 30"
    ),
    "answered_late": (
        "select count(*) from visit f join answer r on r.visit_id = f.id and r.kind = 'remedy'"
        " join visit v on v.kind = 'visit' and v.year = f.year and v.month = f.month and v.unit = f.unit"
        f" join answer a on a.visit_id = v.id and a.kind = 'findings' and {_NEWEST},"
        " json_each(a.content, '$.findings.recommendations') n"
        " where f.kind = 'follow_up' and f.year = :year and n.key + 1 = json_extract(r.content, '$.recommendation')"
        " and json_extract(r.content, '$.done') = 1"
        " and r.version = (select max(o.version) from answer o where o.visit_id = r.visit_id and o.kind = 'remedy'"
        " and json_extract(o.content, '$.recommendation') = json_extract(r.content, '$.recommendation'))"
        " and json_extract(r.content, '$.received_on') > json_extract(n.value, '$.due')"
    ),
    "answered": (
        "select count(distinct v.id || '/' || json_extract(a.content, '$.recommendation')) from visit v"
        " join answer a on a.visit_id = v.id where v.kind = 'follow_up' and v.year = :year and a.kind = 'remedy'"
        " and json_extract(a.content, '$.done') = 1"
    ),
    "reports_expected": (
        "select count(*) from visit where kind = 'self_report' and year = :year and state not in ('withdrawn', 'filed')"
    ),
    "reports_received": f"select count(distinct v.id) {_REPORTS} and v.state != 'filed' and a.kind = 'self_report'",
    "reports_late": (
        f"select count(*) {_REPORTS} and v.state != 'filed' and a.kind = 'self_report' and a.version = 1"
        " and json_extract(a.content, '$.received_on') > (select json_extract(p.plan, '$.self_supervising.due')"
        " from plan p where p.year = :year and p.version = (select max(version) from plan where year = :year))"
    ),
    "reports_returned": (
        f"select count(*) {_REPORTS} and a.kind = 'self_report_review' and json_extract(a.content, '$.accepted') = 0"
    ),
    "own_committees": _sum("committees"),
    "own_cells": _sum("cells"),
    "own_thematic_cells": _sum("thematic_cells"),
}
ITEMS = (
    "select json_extract(i.value, '$.item'), json_extract(i.value, '$.result'), count(*) from visit v"
    " join answer a on a.visit_id = v.id, json_each(a.content, '$.findings.items') i"
    f" where v.kind = 'visit' and v.year = :year and a.kind = 'findings' and {_NEWEST} group by 1, 2"
)
THEMATIC = (
    "select count(*) from visit v join answer c on c.visit_id = v.id and c.kind = 'choice'"
    " join answer n on n.visit_id = v.id and n.kind = 'nominations', json_each(c.content, '$.meetings') k,"
    " json_each(n.content, '$.meetings') m where v.kind = 'visit' and v.year = :year"
    " and n.version = (select max(version) from answer b where b.visit_id = v.id and b.kind = 'nominations')"
    " and c.version = (select max(version) from answer b where b.visit_id = v.id and b.kind = 'choice')"
    " and json_extract(m.value, '$.number') = k.value and json_extract(m.value, '$.org_type') like 'cell%'"
    " and json_extract(m.value, '$.kind') in ('thematic', 'combined')"
    " and exists (select 1 from answer f where f.visit_id = v.id and f.kind = 'findings')"
)


def assert_figures_are_sums_of_records(session: Session, year: int) -> None:
    """Every figure equals what SQL makes of the tables, and what its own records come to."""
    summary = summarise(session, year)
    given = {"year": year}
    queries = FIGURES | {"thematic_cells": THEMATIC}
    by_sql = {key: session.scalar(text(query), given) for key, query in queries.items()}
    assert {key: summary.count(key) for key in queries} == by_sql
    assert summary.count("reports_missing") == by_sql["reports_expected"] - by_sql["reports_received"]
    assert summary.count("unanswered") == by_sql["recommendations"] - by_sql["answered"]
    results = ("met", "partly_met", "not_met", "not_applicable", "not_examined")
    counted = {(line.code, result): getattr(line, result) for line in summary.items for result in results}
    found: dict[tuple[str, str], int] = dict.fromkeys(counted, 0)
    codes = dict(_codes(session, year))
    for item, result, times in session.execute(text(ITEMS), given):
        found[codes[item], result] = times
    assert counted == found
    for figure in summary.figures:
        for record in figure.records:
            query = text(f"select count(*) from {record.table} where id = :id")
            assert session.scalar(query, {"id": record.id}) == 1, (figure.key, record)


def _codes(session: Session, year: int) -> list[tuple[str, str]]:
    query = (
        "select json_extract(i.value, '$.id'), json_extract(i.value, '$.code') from plan p,"
        " json_each(p.plan, '$.checklist') i where p.year = :year"
        " and p.version = (select max(version) from plan where year = :year)"
    )
    return [(row[0], row[1]) for row in session.execute(text(query), {"year": year})]

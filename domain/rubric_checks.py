"""Everything that can be wrong with a score sheet, each with the way to the entry that is at fault (4.5)."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.rubric import (
    CRITERION_KINDS,
    HALF,
    MEETING_KINDS,
    TREATMENTS,
    Criterion,
    Rubric,
    implied_by,
)
from domain.rubric_bands import plain
from domain.rubric_criterion import check_criterion
from domain.rubric_flaw import Flaw, Way


def check_rubric(rubric: Rubric) -> list[Flaw]:
    """All its flaws; a sheet with one that is more than a warning must not be used."""
    return [
        *_head(rubric),
        *_once(rubric),
        *_letters(rubric),
        *_sums(rubric),
        *_halves(rubric),
        *(flaw for way, one in _criteria(rubric) for flaw in check_criterion(rubric, way, one)),
        *_grades(rubric),
        *_reachable(rubric),
    ]


def _criteria(rubric: Rubric) -> Iterator[tuple[Way, Criterion]]:
    for number, group in enumerate(rubric.groups):
        for place, criterion in enumerate(group.criteria):
            yield ("groups", number, "criteria", place), criterion


def _head(rubric: Rubric) -> Iterator[Flaw]:
    for number, kind in enumerate(rubric.meeting_kinds):
        if kind not in MEETING_KINDS:
            yield Flaw(("meeting_kinds", number), f"không có loại sinh hoạt “{kind}”", _one_of(MEETING_KINDS))
    if not rubric.meeting_kinds:
        yield Flaw(("meeting_kinds",), "chưa ghi dùng cho loại sinh hoạt nào", _one_of(MEETING_KINDS))
    if rubric.version < 1:
        yield Flaw(("version",), f"“version” là {rubric.version}", "ghi số từ 1")
    if not rubric.groups:
        yield Flaw(("groups",), "phiếu không có nhóm tiêu chí nào", "ghi các nhóm tiêu chí")
    for way, criterion in _criteria(rubric):
        if criterion.kind not in CRITERION_KINDS:
            yield Flaw((*way, "kind"), f"không có kiểu chấm “{criterion.kind}”", _one_of(CRITERION_KINDS))
        if criterion.not_applicable.treat_as not in TREATMENTS:
            fault = f"không có cách tính “{criterion.not_applicable.treat_as}” khi không áp dụng"
            yield Flaw((*way, "not_applicable", "treat_as"), fault, _one_of(TREATMENTS))


def _once(rubric: Rubric) -> Iterator[Flaw]:
    """Every id stands for one thing only, and is written so that it can stand in a file or a form."""
    ways: list[tuple[Way, str]] = [(("groups", number, "id"), one.id) for number, one in enumerate(rubric.groups)]
    ways += [((*way, "id"), one.id) for way, one in _criteria(rubric)]
    ways += [(("measures", number, "id"), one.id) for number, one in enumerate(rubric.measures)]
    ways += [(("facts", number, "id"), one.id) for number, one in enumerate(rubric.facts)]
    seen: set[str] = set(MEETING_KINDS)
    for way, name in ways:
        if name in seen:
            yield Flaw(way, f"mã “{name}” đã dùng ở chỗ khác", "đặt mã khác; mỗi mã chỉ một nơi")
        seen.add(name)
        if not re.fullmatch(r"[a-z0-9_]+", name):
            yield Flaw(way, f"mã “{name}” có ký tự khác a–z, 0–9, _", "ghi như chuan_bi_1")


def _letters(rubric: Rubric) -> Iterator[Flaw]:
    """Labels are compared and printed: their letters are composed (P8)."""
    labels: list[tuple[Way, str]] = [(("label",), rubric.label), (("source",), rubric.source)]
    labels += [(("groups", number, "label"), one.label) for number, one in enumerate(rubric.groups)]
    labels += [((*way, "label"), one.label) for way, one in _criteria(rubric)]
    labels += [(("grades", number, "label"), one.label) for number, one in enumerate(rubric.grades)]
    for way, label in labels:
        if not unicodedata.is_normalized("NFC", label):
            yield Flaw(way, "chữ ở dạng tổ hợp (NFD)", "gõ lại bằng Unicode dựng sẵn (NFC)")


def _sums(rubric: Rubric) -> Iterator[Flaw]:
    for number, group in enumerate(rubric.groups):
        total = _points(group.criteria)
        if total != group.max_points:
            fault = f"các tiêu chí của nhóm “{group.id}” cộng lại {plain(total)}, nhóm ghi {plain(group.max_points)}"
            yield Flaw(("groups", number, "max_points"), fault, "sửa điểm của nhóm hoặc của tiêu chí")
    total = sum((group.max_points for group in rubric.groups), Decimal(0))
    if rubric.groups and total != rubric.total:
        fault = f"các nhóm cộng lại {plain(total)} điểm, phiếu ghi {plain(rubric.total)}"
        yield Flaw(("total",), fault, "sửa điểm của các nhóm, hoặc tổng điểm")


def _points(criteria: Sequence[Criterion]) -> Decimal:
    return sum(
        (criterion.max_points for criterion in criteria if not criterion.bonus and criterion.kind != "info"), Decimal(0)
    )


def _halves(rubric: Rubric) -> Iterator[Flaw]:
    """Points come in halves."""
    given: list[tuple[Way, Decimal]] = [(("total",), rubric.total)]
    given += [(("groups", number, "max_points"), one.max_points) for number, one in enumerate(rubric.groups)]
    given += [(("grades", number, "min"), one.min) for number, one in enumerate(rubric.grades)]
    for way, one in _criteria(rubric):
        given.append(((*way, "max_points"), one.max_points))
        given += [((*way, "caps", number, "points"), cap.points) for number, cap in enumerate(one.caps)]
        given += [((*way, "bands", number, "points"), band.points) for number, band in enumerate(one.bands)]
        for place, case in enumerate(one.cases):
            bands = enumerate(case.bands)
            given += [((*way, "cases", place, "bands", number, "points"), band.points) for number, band in bands]
    for way, points in given:
        if not points.is_finite() or points % HALF or points < 0:
            yield Flaw(way, f"{plain(points)} điểm không phải bội của nửa điểm", "ghi như 4 hoặc 4.5")


def _grades(rubric: Rubric) -> Iterator[Flaw]:
    if not rubric.grades:
        yield Flaw(("grades",), "phiếu không có mức xếp loại nào", "ghi các mức, từ cao xuống thấp")
        return
    known = {group.id for group in rubric.groups} | {criterion.id for criterion in rubric.criteria}
    for number, grade in enumerate(rubric.grades):
        above = rubric.grades[number - 1].min if number else None
        if above is not None and grade.min >= above:
            fault = f"“{grade.label}” từ {plain(grade.min)} điểm, không thấp hơn mức trên ({plain(above)})"
            yield Flaw(("grades", number, "min"), fault, "các mức phải giảm dần")
        if grade.min > rubric.total:
            fault = f"“{grade.label}” từ {plain(grade.min)} điểm, phiếu chỉ có {plain(rubric.total)}"
            yield Flaw(("grades", number, "min"), fault, "giảm mức này")
        for place, name in enumerate(grade.requires_full):
            if name not in known:
                way: Way = ("grades", number, "requires_full", place)
                yield Flaw(way, f"không có tiêu chí hay nhóm “{name}”", "ghi mã của một tiêu chí hoặc nhóm")
    last = rubric.grades[-1]
    if last.min != 0:
        fault = f"dưới {plain(last.min)} điểm không có mức nào"
        yield Flaw(("grades", len(rubric.grades) - 1, "min"), fault, "mức cuối phải bắt đầu từ 0")
    if last.requires_full:
        way = ("grades", len(rubric.grades) - 1, "requires_full")
        yield Flaw(way, f"mức cuối “{last.label}” còn đòi điều kiện", "bỏ điều kiện của mức cuối")


@dataclass(frozen=True)
class _Loss:
    way: Way
    points: Decimal


def _reachable(rubric: Rubric) -> Iterator[Flaw]:
    """Criteria that a kind of meeting never has lower what it can reach: told, as most sheets do it unseen."""
    for kind in rubric.meeting_kinds:
        given = implied_by(kind)
        lost = [
            _Loss(way, one.max_points)
            for way, one in _criteria(rubric)
            if _never_applies(one, given) and not one.bonus and _counts_less(one, rubric)
        ]
        if lost and kind in MEETING_KINDS:
            reached = rubric.total - sum((one.points for one in lost), Decimal(0))
            fault = f"buổi {MEETING_KINDS[kind]} không có tiêu chí này: nhiều nhất {plain(reached)} điểm"
            remedy = "đặt not_applicable: {treat_as: full}, hoặc rescale: true với exclude, hoặc lập phiếu riêng"
            yield Flaw(lost[0].way, fault, remedy, warning=True)


def _never_applies(one: Criterion, given: frozenset[str]) -> bool:
    return any(name in MEETING_KINDS and name not in given for name in one.applies_when)


def _counts_less(one: Criterion, rubric: Rubric) -> bool:
    treated = one.not_applicable.treat_as
    return treated == "zero" or (treated == "exclude" and not rubric.rescale)


def _one_of(known: dict[str, str]) -> str:
    return f"chọn một trong: {', '.join(known)}"

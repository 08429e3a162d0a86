"""What can be wrong with one criterion of a score sheet: its fields, its bands, the things it asks for (4.5)."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from domain.rubric import MEETING_KINDS, Band, Criterion, Rubric
from domain.rubric_bands import holes, is_empty, plain
from domain.rubric_flaw import Flaw, Way

_BANDED = ("bands", "ratio")


def check_criterion(rubric: Rubric, way: Way, one: Criterion) -> Iterator[Flaw]:
    """Its flaws, each with the way to the entry at fault."""
    yield from _fields(way, one)
    yield from _names(rubric, way, one)
    if one.kind in _BANDED:
        yield from _cases(rubric, way, one)
        for deeper, bands in _sets(way, one):
            yield from _bands(rubric, deeper, one, bands)


def _fields(way: Way, one: Criterion) -> Iterator[Flaw]:
    banded = one.kind in _BANDED
    if banded and not one.bands and not one.cases:
        yield Flaw(way, f"tiêu chí “{one.id}” chưa có mức điểm", "ghi “bands:”")
    if not banded and (one.bands or one.cases):
        yield Flaw(way, f"tiêu chí “{one.id}” kiểu {one.kind} không dùng mức điểm", "bỏ bands, hoặc đổi kind")
    if one.bands and one.cases:
        yield Flaw(way, f"tiêu chí “{one.id}” có cả bands và cases", "giữ một")
    if one.kind == "bands" and not one.measure:
        yield Flaw(way, f"tiêu chí “{one.id}” chưa ghi tính theo gì", "ghi “measure: …”")
    if one.kind == "ratio" and not (one.part and one.of):
        yield Flaw(way, f"tiêu chí “{one.id}” chưa ghi tỷ lệ của gì", "ghi “part: …” và “of: …”")
    if one.kind == "info" and one.max_points:
        yield Flaw((*way, "max_points"), f"tiêu chí “{one.id}” chỉ ghi nhận nhưng có điểm", "bỏ max_points")
    if one.kind != "info" and one.max_points <= 0:
        yield Flaw(way, f"tiêu chí “{one.id}” không có điểm", "ghi “max_points: …”, hoặc kind: info")
    for number, cap in enumerate(one.caps):
        if cap.points > one.max_points:
            fault = f"giới hạn {plain(cap.points)} điểm cao hơn điểm tối đa {plain(one.max_points)}"
            yield Flaw((*way, "caps", number, "points"), fault, "giảm giới hạn")


def _names(rubric: Rubric, way: Way, one: Criterion) -> Iterator[Flaw]:
    """Measures and facts must be declared, as nobody is asked for what is not."""
    measures = {measure.id for measure in rubric.measures}
    for field in ("measure", "part", "of", "case_by"):
        name = getattr(one, field)
        if name and name not in measures:
            yield Flaw((*way, field), f"không có số đếm “{name}” trong measures", "thêm vào measures, hoặc sửa mã")
    facts = {fact.id for fact in rubric.facts} | MEETING_KINDS.keys()
    asked = [((*way, "caps", number, "when"), cap.when) for number, cap in enumerate(one.caps)]
    for field in ("applies_when", "applies_unless"):
        asked += [((*way, field, number), name) for number, name in enumerate(getattr(one, field))]
    for place, name in asked:
        if name not in facts:
            yield Flaw(place, f"không có điều kiện “{name}” trong facts", "thêm vào facts, hoặc sửa mã")


def _sets(way: Way, one: Criterion) -> Iterator[tuple[Way, Sequence[Band]]]:
    """Every set of bands of which one is used at a time."""
    if one.bands:
        yield (*way, "bands"), one.bands
    for number, case in enumerate(one.cases):
        yield (*way, "cases", number, "bands"), case.bands


def _cases(rubric: Rubric, way: Way, one: Criterion) -> Iterator[Flaw]:
    if not one.cases:
        return
    if not one.case_by:
        yield Flaw((*way, "cases"), f"tiêu chí “{one.id}” chưa ghi chia theo gì", "ghi “case_by: …”")
        return
    label = next((measure.label for measure in rubric.measures if measure.id == one.case_by), one.case_by)
    for hole in holes(one.cases, Decimal(1), Decimal("Infinity"), whole=rubric.whole(one.case_by)):
        said = f"{label}: {hole.said}"
        if hole.other is None:
            yield Flaw((*way, "cases", hole.index), f"{said} không thuộc trường hợp nào", "nối liền các trường hợp")
        else:
            yield Flaw((*way, "cases", hole.index), f"{said} thuộc hai trường hợp", "để mỗi giá trị một trường hợp")


def _bands(rubric: Rubric, way: Way, one: Criterion, bands: Sequence[Band]) -> Iterator[Flaw]:
    whole = one.kind == "bands" and rubric.whole(one.measure)
    unit = "%" if one.kind == "ratio" else ""
    for number, band in enumerate(bands):
        if is_empty(band, whole=whole):
            yield Flaw((*way, number), "mức này không chứa giá trị nào", "sửa min, max")
        if band.points > one.max_points:
            fault = f"mức {plain(band.points)} điểm cao hơn điểm tối đa {plain(one.max_points)}"
            yield Flaw((*way, number, "points"), fault, "giảm điểm của mức, hoặc tăng max_points")
    best = max((band.points for band in bands), default=Decimal(0))
    if bands and best < one.max_points:
        fault = f"không mức nào đạt điểm tối đa {plain(one.max_points)}, cao nhất {plain(best)}"
        yield Flaw(way, fault, "sửa điểm của mức cao nhất, hoặc max_points")
    for hole in holes(bands, one.least, one.highest, whole=whole):
        if hole.other is None:
            yield Flaw((*way, hole.index), f"{hole.said}{unit} không có điểm", "nối liền các mức, kể cả dấu bằng")
        else:
            yield Flaw((*way, hole.index), f"{hole.said}{unit} thuộc hai mức", "để mỗi giá trị một mức")

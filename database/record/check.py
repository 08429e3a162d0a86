"""The whole examination of the record: the chain, the heads kept outside, and the rows that it speaks of (P7)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.settings import Settings
from database import clock
from database.models import AuditEndRow
from database.record.chain import REMEDY, Walk, lines
from database.record.heads import FILE, Head, Occasion, agrees, head_of_letter, heads_in_letters, heads_kept, in_force
from database.record.key import Key, known_key
from database.record.looks import unknown_here
from database.record.rows import row_faults
from domain.dates import short_date
from domain.problem import Problem, Refused

_TOLD_FOR = timedelta(days=30)  # so long a restore is shown to whoever looks


def faults(session: Session, of: Settings, *, with_rows: bool = True) -> Iterator[Problem]:
    """Every place at which record, heads and rows are not what was written; without the rows it is quicker."""
    try:
        yield from _faults(session, of, with_rows)
    except ValueError as error:  # no moment, no JSON: nothing that the service could have written
        yield Problem("cơ sở dữ liệu", f"có giá trị không đọc được, bị sửa ngoài dịch vụ: {error}", REMEDY)


def _faults(session: Session, of: Settings, with_rows: bool) -> Iterator[Problem]:
    key, kept = known_key(), heads_kept(of)
    yield from _faults_of_file(kept, key)
    heads = _standing(session, of, kept, key)
    letters = [(f"thư {number}", head) for number, head in heads_in_letters(session)]
    walk = Walk(key, {head.lines for head in heads} | {head.lines for _called, head in letters})
    yield from walk.faults(session)
    yield from _other_keys(walk, heads)
    yield from _heads(walk, heads)
    yield from _letters(walk, letters)
    yield from _restores(heads, clock.now(session).date())
    if walk.is_sealed and not kept:
        remedy = "visits up sẽ ghi từ nay; nếu trước đây đã có thì lấy tệp trong bản sao lưu ra so"
        yield Problem(FILE, "chưa có đầu sổ nào, hoặc tệp đã mất", remedy, warning=True)
    if with_rows:
        yield from row_faults(session, walk)


def faults_of_letter(session: Session, raw: bytes, called: str) -> Iterator[Problem]:
    """The record held against the head in a letter that somebody has kept; `Refused` for one that carries none."""
    head = head_of_letter(raw)
    if head is None:
        fault = "không có đầu sổ: chỉ thư mang văn bản đã phát hành, gửi từ khi nhật ký có khóa, mới ghi"
        raise Refused(Problem(called, fault, "lấy một thư như vậy, cả phần đầu thư (.eml)"))
    walk = Walk(known_key(), {head.lines})
    yield from walk.faults(session)
    yield from _letters(walk, [(called, head)])


def still_matching(session: Session, of: Settings) -> int:
    """How far the record is what the heads in the file say: the most lines of a head that agrees; 0 if none does."""
    key = known_key()
    heads = _standing(session, of, heads_kept(of), key)
    walk = Walk(key, {head.lines for head in heads})
    list(walk.faults(session))
    return max((head.lines for head in heads if agrees(head, walk.hashes)), default=0)


def sealed_elsewhere(session: Session) -> bool:
    """Whether the record's last line was sealed with another key than the one of this process."""
    mark = session.scalars(select(AuditEndRow.sealed_by)).one()
    key = known_key()
    return mark is not None and (key is None or key.mark != mark)


def _standing(session: Session, of: Settings, kept: Sequence[tuple[int, Head | None]], key: Key | None) -> list[Head]:
    """Those that the record must agree with; a look at another home counts here before this one has started."""
    here = [head for _number, head in kept if head and head.holds(key)]
    return in_force([*here, *unknown_here(session, of)], key)


def _faults_of_file(kept: Sequence[tuple[int, Head | None]], key: Key | None) -> Iterator[Problem]:
    for number, head in kept:
        if head is None:
            yield Problem(f"{FILE}, dòng {number}", "không đọc được", REMEDY)
        elif not head.holds(key):
            yield Problem(f"{FILE}, dòng {number}", "đã bị sửa: không mang dấu của khóa", REMEDY)


def _other_keys(walk: Walk, heads: Sequence[Head]) -> Iterator[Problem]:
    """Lines of another key hold where somebody has looked after the key was lost, and has said so with today's."""
    looked_at = [head for head in heads if head.occasion is Occasion.RESTORED and head.is_sealed_by(walk.key)]
    accepted = max((head.lines for head in looked_at), default=0)
    for mark, first, last in walk.of_other_keys():
        if last > accepted:
            fault = f"niêm bằng khóa khác (dấu {mark}), khóa đang dùng không kiểm được"
            remedy = "đặt lại khóa cũ; nếu khóa đã mất: visits up, xem kỹ rồi visits restored"
            yield Problem(lines(first, last), fault, remedy)


def _heads(walk: Walk, heads: Sequence[Head]) -> Iterator[Problem]:
    """The first day from which the record differs, and the last on which it does not."""
    wrong = sorted((head for head in heads if not agrees(head, walk.hashes)), key=lambda head: head.lines)
    if not wrong:
        return
    before = [head for head in heads if agrees(head, walk.hashes) and head.lines < wrong[0].lines]
    same = max(before, key=lambda head: head.lines, default=None)
    until = f"; còn khớp đến ngày {short_date(same.day)}, dòng {same.lines}" if same else ""
    more = f"; {len(wrong) - 1} đầu sổ sau đó cũng không khớp" if len(wrong) > 1 else ""
    remedy = "so với bản sao lưu và thư đã phát hành; nếu vừa đặt lại bản sao lưu: visits up rồi visits restored"
    yield Problem("nhật ký", f"{_differs(walk, wrong[0])}{until}{more}", remedy)


def _differs(walk: Walk, head: Head) -> str:
    told = f"khác đi từ ngày {short_date(head.day)}: đầu sổ ngày ấy ghi {head.lines} dòng"
    if head.lines > walk.last:
        return f"{told}, nay sổ hết ở dòng {walk.last}, phần cuối đã bị cắt"
    return f"{told}, nay dòng {head.lines} không phải dòng ấy, sổ đã bị viết lại"


def _letters(walk: Walk, letters: Sequence[tuple[str, Head]]) -> Iterator[Problem]:
    for called, head in letters:
        if not head.holds(walk.key):
            yield Problem(called, "đầu sổ ghi trong thư đã bị sửa", REMEDY)
        elif not agrees(head, walk.hashes):
            yield Problem(f"nhật ký, so với {called}", _differs(walk, head), REMEDY)


def _restores(heads: Sequence[Head], today: date) -> Iterator[Problem]:
    for head in heads:
        if head.occasion is Occasion.RESTORED and today - head.day <= _TOLD_FOR:
            fault = (
                f"ngày {short_date(head.day)} đã nhận một bản khôi phục; đầu sổ ghi trước đó quá dòng {head.back_to} "
                "không dùng để đối chiếu nữa"
            )
            yield Problem(
                f"nhật ký, dòng {head.lines}", fault, "không phải làm gì nếu đúng là đã khôi phục", warning=True
            )

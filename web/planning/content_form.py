"""The text of a plan on a form: its head, who issues and signs it, its bases and paragraphs, and back again."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace

from config.structure_file import read_structure, structure_files
from domain.dates import parse_date, short_date
from domain.plan import Issuer, LegalBasis, Plan, Signer
from domain.structure import Structure
from planning.plan_checks import FORMAT_PROFILES
from web.desk.posted_form import Form

#: Field -> label and hint, for whoever issues and signs.
ISSUER = {
    "parent": ("Cơ quan cấp trên", "Dòng đầu góc trái văn bản, như TỈNH ỦY ĐỒNG NAI."),
    "name": ("Tên cơ quan trên văn bản", "Dòng thứ hai, như BAN TỔ CHỨC."),
    "full_name": ("Tên cơ quan trong câu văn", "Như Ban Tổ chức Tỉnh ủy."),
    "place": ("Địa danh", "Như Đồng Nai."),
    "organ_code": ("Chữ viết tắt trong ký hiệu", "Như BTCTU."),
    "receiving_office": ("Phòng nhận danh sách, báo cáo", "Như Phòng Tổ chức đảng - Đảng viên."),
}
SIGNER = {
    "authority": ("Thay mặt, ký thay", "Như K/T TRƯỞNG BAN; để trống nếu trưởng ban ký."),
    "title": ("Chức vụ người ký", "Như PHÓ TRƯỞNG BAN."),
    "name": ("Họ và tên người ký", ""),
}
PROFILES = dict(zip(FORMAT_PROFILES, ("Hướng dẫn 36-HD/VPTW (2018)", "Hướng dẫn 05-HD/VPTW (2026)"), strict=True))


def structures() -> dict[str, str]:
    """The profiles of levels by name, as people call them."""
    found = {name: read_structure(path)[0] for name, path in structure_files().items()}
    return {name: one.title for name, one in found.items() if one}


def put_content(form: Form, plan: Plan) -> None:
    """Fill the form with the plan, as far as nothing was typed."""
    values = {
        "title": plan.title, "number": f"{plan.number}", "issued": short_date(plan.issued), "term": plan.term,
        "format_profile": plan.format_profile, "structure": plan.structure.name,
        "due": short_date(plan.self_supervising.due),
        **{f"issuer-{name}": getattr(plan.issuer, name) for name in ISSUER},
        **{f"signer-{name}": getattr(plan.signer, name) for name in SIGNER},
        "legal_bases": "\n".join(map(_basis_line, plan.legal_bases)),
        "purposes": "\n".join(plan.purposes), "requirements": "\n".join(plan.requirements),
        **{f"participant-{one.id}": one.name for one in plan.participants},
        **{f"recipient-{one.id}": one.text for one in plan.recipients},
        **{f"item-{one.id}": one.text for one in plan.checklist},
    }  # fmt: skip
    for name, value in values.items():
        form.values.setdefault(name, value)


def read_content(form: Form, plan: Plan) -> Callable[[Plan], Plan] | None:
    """What the form makes of a plan; None where a field cannot be read, with the reason at the field."""
    number, issued, due = form.number("number"), form.day("issued", "chưa ghi ngày ký"), form.day("due", "chưa ghi hạn")
    bases = tuple(_bases(form, plan))
    structure = _structure(form, plan)
    issuer = Issuer(**{name: form.text(f"issuer-{name}", "chưa ghi", hint) for name, (_, hint) in ISSUER.items()})
    needed = {name: "" if name == "authority" else "chưa ghi" for name in SIGNER}
    signer = Signer(**{name: form.text(f"signer-{name}", needed[name], "ghi như trên văn bản") for name in SIGNER})
    paragraphs = form.lines("purposes"), form.lines("requirements")
    if form.fails or issued is None or due is None:
        return None

    def change(of: Plan) -> Plan:
        head = replace(
            of, title=form.text("title"), number=number or 0, issued=issued, term=form.text("term"),
            format_profile=form.text("format_profile"), structure=structure, issuer=issuer, signer=signer,
            legal_bases=bases, purposes=paragraphs[0], requirements=paragraphs[1],
            self_supervising=replace(of.self_supervising, due=due),
        )  # fmt: skip
        return _with_lists(head, form)

    return change


def _with_lists(plan: Plan, form: Form) -> Plan:
    """Participants, recipients and items keep their places; their words are those of the form."""

    def said(kind: str, name: str) -> str:
        return form.text(f"{kind}-{name}")

    return replace(
        plan,
        participants=tuple(
            replace(one, name=form.text(f"participant-{one.id}") or one.name) for one in plan.participants
        ),
        recipients=tuple(replace(one, text=form.text(f"recipient-{one.id}") or one.text) for one in plan.recipients),
        checklist=tuple(replace(one, text=form.text(f"item-{one.id}") or one.text) for one in plan.checklist),
    )


def _structure(form: Form, plan: Plan) -> Structure:
    files, name = structure_files(), form.get("structure")
    if name == plan.structure.name or name not in files:
        return plan.structure
    return read_structure(files[name])[0] or plan.structure


def _basis_line(one: LegalBasis) -> str:
    words = (one.symbol, short_date(one.issued), one.issuer, one.title)
    return "; ".join(words)


def _bases(form: Form, plan: Plan) -> Iterator[LegalBasis]:
    """`12-HD/BTCTW; 06/7/2018; Ban Tổ chức Trung ương; một số vấn đề …`: what was cited before keeps its kind."""
    kinds = {one.symbol: one.kind for one in plan.legal_bases}
    for number, line in enumerate(form.lines("legal_bases"), start=1):
        parts = [part.strip() for part in line.split(";", 3)]
        if len(parts) < len(fields(LegalBasis)) - 1 or not all(parts):
            form.note("legal_bases", f"dòng {number} chưa đủ bốn phần", "ghi: số ký hiệu; ngày; cơ quan; về việc gì")
            continue
        try:
            yield LegalBasis(parts[0], parse_date(parts[1]), parts[2], parts[3], kinds.get(parts[0], ""))
        except ValueError as error:
            form.note("legal_bases", f"dòng {number}: {error}")

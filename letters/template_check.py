"""Looks through the office's own wording before a letter needs it: does it compile, does it ask for unknown facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta, nodes

from domain.letters_and_documents import DOCUMENTS, Purpose
from domain.problem import Problem
from letters.form.paper import FENCE, FORM_WORDS
from letters.wording import TEMPLATES, environment

#: `reply_link` is empty in letters that ask for no answer, and as long as nobody outside reaches the desk; `attached`
#: in those that bring no file.
_COMMON = frozenset({"plan", "unit", "month_year", "today", "visit", "reply_link", "score_link", "attached"})
#: What every document has besides: the lines of `Nơi nhận`.
_DOCUMENT = frozenset({"recipients"})
#: What the frame of a mail with a document has besides.
_FRAME = frozenset({"addressee", "head", "said", "foot", "salutes", "numbered"})


@dataclass(frozen=True)
class _Template:
    """One file of the wording as a letter uses it."""

    purpose: str
    name: str  #: `parts/mail.txt`
    known: frozenset[str]  #: the facts it may ask for
    words: frozenset[str] = frozenset()  #: the phrases others take from it


def check_templates(office_folder: Path | None) -> Iterator[Problem]:
    """Every fault of the wording in use, with file and line; the service's own files are looked at as well.

    A file in `parts` is looked at with each letter that uses it, as the letters have different facts.
    """
    if office_folder is not None:
        yield from _strangers(office_folder)
    found: set[Problem] = set()
    for purpose in Purpose:
        known = _COMMON | purpose.facts | (_DOCUMENT if purpose in DOCUMENTS else frozenset())
        names = [f"{purpose}/subject.txt", f"{purpose}/body.txt", "parts/tag.txt"]
        waiting = [_Template(purpose, name, known) for name in names]
        if purpose in DOCUMENTS:
            waiting.append(_Template(purpose, "parts/mail.txt", known | _FRAME))
        for problem in _check_all(waiting, office_folder):
            if problem not in found:
                found.add(problem)
                yield problem


def _strangers(office_folder: Path) -> Iterator[Problem]:
    """What no letter is called by: probably a slip of the pen, and its words would never be used."""
    for path in sorted(office_folder.iterdir()) if office_folder.is_dir() else []:
        if path.name not in (*Purpose, "parts"):
            yield Problem(str(path), "không có loại thư nào tên này", "xem tên các thư mục mẫu", warning=True)
        elif path.is_dir() and path.name != "parts":
            for file in sorted(path.iterdir()):
                if file.name not in ("subject.txt", "body.txt"):
                    yield Problem(
                        str(file), "tệp này không được dùng", "đặt tên subject.txt hoặc body.txt", warning=True
                    )


def _check_all(waiting: list[_Template], office_folder: Path | None) -> Iterator[Problem]:
    """The templates and whatever they include or take phrases from."""
    seen: set[_Template] = set()
    while waiting:
        template = waiting.pop(0)
        if template in seen:
            continue
        seen.add(template)
        own = office_folder / template.name if office_folder else None
        file = own if own and own.exists() else TEMPLATES / template.name
        try:
            text = file.read_text(encoding="utf-8-sig")
            parsed = _parsed(text, str(file))
        except TemplateSyntaxError as error:
            yield Problem(f"{file}:{error.lineno}", f"mẫu thư viết sai: {error.message}", "sửa dòng này")
        except UnicodeDecodeError:
            yield Problem(f"{file}", "tệp không phải UTF-8", "lưu lại tệp với bảng mã UTF-8")
        except OSError:
            yield Problem(f"{file}", "không đọc được tệp này", "đặt lại tệp mẫu thư")
        else:
            yield from _check(template, file, text, parsed)
            waiting += _used(template, parsed.tree)


@dataclass(frozen=True)
class _Parsed:
    """One file as Jinja2 reads it, whoever uses it."""

    tree: nodes.Template
    asked_for: frozenset[str]  #: the facts
    macros: frozenset[str]  #: the phrases that it has


@lru_cache(maxsize=256)
def _parsed(text: str, file: str) -> _Parsed:
    """The template as a tree; parts are used by many letters, and the desk asks again and again."""
    tree = environment(None).parse(text)
    environment(None).compile(text, filename=file)  # knows what filters there are
    macros = frozenset(macro.name for macro in tree.find_all(nodes.Macro))
    return _Parsed(tree, frozenset(meta.find_undeclared_variables(tree)), macros)


def _check(template: _Template, file: Path, text: str, parsed: _Parsed) -> Iterator[Problem]:
    for name in sorted(parsed.asked_for - template.known):
        letter = template.purpose if template.name.startswith("parts/") else "này"
        fault = f"thư {letter} không có dữ kiện “{name}”"
        yield Problem(f"{file}:{_line_of(text, name)}", fault, "sửa tên này")
    for word in sorted(template.words - parsed.macros):
        fault = f"thiếu cụm từ “{word}” mà thư {template.purpose} dùng"
        yield Problem(f"{file}:1", fault, "chép lại cụm từ này từ mẫu gốc")
    if template.name.endswith("body.txt"):
        yield from _check_head(file, text)


def _check_head(file: Path, text: str) -> Iterator[Problem]:
    """The lines between two `---` at the top, which say something about the form."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    said = [(number, line) for number, line in lines if line and not line.startswith(("{%", "{#"))]
    if not said or said[0][1] != FENCE:
        return
    ends = [place for place, (_, line) in enumerate(said) if place and line == FENCE]
    if not ends:
        yield Problem(f"{file}:{said[0][0]}", f"phần đầu không có dòng {FENCE} thứ hai", f"thêm dòng {FENCE}")
    for number, line in said[1 : ends[0]] if ends else []:
        if line.partition(":")[0].strip().casefold() not in FORM_WORDS:
            yield Problem(f"{file}:{number}", f"phần đầu không có mục “{line}”", f"ghi: {', '.join(FORM_WORDS)}")


def _used(template: _Template, tree: nodes.Template) -> Iterator[_Template]:
    """An included file sees all that the including one sees, a file of phrases only what its phrases are given."""
    here = frozenset(name.name for name in tree.find_all(nodes.Name) if name.ctx == "store")
    for one in tree.find_all(nodes.Include):
        if isinstance(one.template, nodes.Const):
            yield _Template(template.purpose, one.template.value, template.known | here)
    for taken in tree.find_all(nodes.FromImport):
        if isinstance(taken.template, nodes.Const):
            words = frozenset(word if isinstance(word, str) else word[0] for word in taken.names)
            known = template.known if taken.with_context else frozenset()
            yield _Template(template.purpose, taken.template.value, known, words)


def _line_of(text: str, name: str) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if name in line), 1)

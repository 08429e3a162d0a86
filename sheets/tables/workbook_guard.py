"""Looks into an .xlsx file before it is opened: is it one, is it locked, would it fill the memory?"""

from apart.package import MAX_RATIO, MAX_UNPACKED, Package, Unsafe, Why
from domain.problem import Problem
from domain.text import printable
from sheets.tables.other_kinds import SAVE_AGAIN, other_kind, other_package, with_password
from sheets.tables.package_scan import LIMITS, Counted, TooMany, scan
from sheets.tables.table_limits import COPY_LIST

_SAYS = {
    "cells": "tệp có quá nhiều ô (hơn {most})",
    "spanned": "tệp có ô gộp hoặc liên kết quá rộng ({count} ô)",
    "others": "tệp có quá nhiều định dạng, ghi chú hoặc tên được đặt (hơn {most})",
    "sheets": "tệp có quá nhiều trang (hơn {most})",
}
_NOT_EXCEL = "phần “{where}” của tệp không đúng chuẩn Excel, chưa đọc được"
_UNSAFE = {
    Why.BROKEN: ("chưa đọc được tệp Excel này, có thể tệp bị hỏng hoặc tải về chưa đủ", SAVE_AGAIN),
    Why.UNPACKED: (f"tệp bung ra quá lớn (hơn {MAX_UNPACKED // 2**20} MB, hoặc quá {MAX_RATIO} lần)", COPY_LIST),
    Why.TWICE: ("tệp có hai phần cùng tên “{where}”, chưa đọc được", SAVE_AGAIN),
    Why.TAGS: ("tệp có quá nhiều ô và định dạng", COPY_LIST),
    Why.FORM: (_NOT_EXCEL, SAVE_AGAIN),
    Why.DEPTH: (_NOT_EXCEL, SAVE_AGAIN),
}


def look_inside(name: str, raw: bytes) -> tuple[Counted, Problem | None]:
    """What the workbook holds, and why it is not opened, or None if it may be. Never raises."""
    counted, problem = Counted(), other_kind(name, raw)
    if problem:
        return counted, problem
    try:
        package = Package(raw)
        problem = other_package(name, package.parts)
        return (counted, problem) if problem else (scan(package), None)
    except TooMany as too_many:
        fault = _SAYS[too_many.what].format(most=LIMITS[too_many.what], count=too_many.count)
        return counted, Problem(name, fault, "bỏ gộp ô rồi gửi lại" if too_many.what == "spanned" else COPY_LIST)
    except Unsafe as unsafe:
        return counted, _said(name, unsafe)


def _said(name: str, unsafe: Unsafe) -> Problem:
    if unsafe.why is Why.LOCKED:
        return with_password(name)
    fault, remedy = _UNSAFE[unsafe.why]
    return Problem(name, fault.format(where=printable(unsafe.where)), remedy)

"""Looks into an .xlsx file before it is opened: is it one, is it locked, would it fill the memory?"""

import io
import zipfile
import zlib

from domain.problem import Problem
from sheets.tables.other_kinds import SAVE_AGAIN, other_kind, other_package, with_password
from sheets.tables.package_scan import LIMITS, MAX_RATIO, MAX_UNPACKED, Counted, Unsafe, scan
from sheets.tables.table_limits import COPY_LIST

_ENCRYPTED = 1  # the bit of a part's flags
_SAYS = {
    "cells": "tệp có quá nhiều ô (hơn {most})",
    "spanned": "tệp có ô gộp hoặc liên kết quá rộng ({count} ô)",
    "others": "tệp có quá nhiều định dạng, ghi chú hoặc tên được đặt (hơn {most})",
    "sheets": "tệp có quá nhiều trang (hơn {most})",
    "tags": "tệp có quá nhiều ô và định dạng",
}


def look_inside(name: str, raw: bytes) -> tuple[Counted, Problem | None]:
    """What the workbook holds, and why it is not opened, or None if it may be. Never raises."""
    counted, problem = Counted(), other_kind(name, raw)
    if problem:
        return counted, problem
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            problem = other_package(name, parts)
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                problem = with_password(name)
            return (counted, problem) if problem else (scan(archive), None)
    except Unsafe as unsafe:
        return counted, _said(name, unsafe)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        fault = "chưa đọc được tệp Excel này, có thể tệp bị hỏng hoặc tải về chưa đủ"
        return counted, Problem(name, fault, SAVE_AGAIN)


def _said(name: str, unsafe: Unsafe) -> Problem:
    if unsafe.what == "unpacked":
        return Problem(
            name, f"tệp bung ra quá lớn (hơn {MAX_UNPACKED // 2**20} MB, hoặc quá {MAX_RATIO} lần)", COPY_LIST
        )
    if unsafe.what in ("form", "depth"):
        return Problem(name, f"phần “{unsafe.where}” của tệp không đúng chuẩn Excel, chưa đọc được", SAVE_AGAIN)
    fault = _SAYS[unsafe.what].format(most=LIMITS[unsafe.what], count=unsafe.count)
    return Problem(name, fault, "bỏ gộp ô rồi gửi lại" if unsafe.what == "spanned" else COPY_LIST)

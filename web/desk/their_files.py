"""Hands out a file that came from outside: to be kept on the reader's machine, never opened by the browser here."""

from urllib.parse import quote

from fastapi import Response

#: Should a browser open it all the same: no script, no form, nothing loaded, no origin of the desk.
_SANDBOX = "sandbox; default-src 'none'"


def their_file(name: str, content: bytes, kind: str = "application/octet-stream") -> Response:
    """The bytes as they came, under that name."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "content-security-policy": _SANDBOX,
        "x-content-type-options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)

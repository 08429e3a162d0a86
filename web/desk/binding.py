"""Where the desk may be opened: on this machine; to others only under TLS, or behind a proxy that speaks it."""

import ipaddress
import os

from config.settings import Settings
from domain.problem import Problem, Refused

#: Every address of this machine; no browser calls it so.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}


def check(of: Settings) -> None:
    """Refuse to carry passwords over a network in the clear, and to show a rehearsal to other machines."""
    cert, key = of.desk_tls_cert, of.desk_tls_key
    if (cert is None) != (key is None):
        remedy = "đặt cả VISITS_DESK_TLS_CERT và VISITS_DESK_TLS_KEY"
        raise Refused(Problem("bàn làm việc", "chỉ có chứng chỉ hoặc chỉ có khóa", remedy))
    for file in (cert, key):
        if file is not None and not os.access(file, os.R_OK):
            raise Refused(Problem(str(file), "không đọc được", "kiểm tra đường dẫn và quyền đọc"))
    if is_loopback(of.desk_host):
        return
    if of.mode == "rehearsal":
        remedy = "bỏ VISITS_DESK_HOST: mật khẩu diễn tập ai cũng biết"
        raise Refused(Problem(of.desk_host, "buổi diễn tập chỉ mở trên máy này", remedy))
    if not of.desk_is_encrypted:
        remedy = "đặt VISITS_DESK_TLS_CERT và VISITS_DESK_TLS_KEY, hoặc VISITS_DESK_BEHIND_PROXY=true nếu có proxy TLS"
        raise Refused(Problem(of.desk_host, "mở ra mạng mà không mã hóa", remedy))
    if of.desk_host in _EVERYWHERE and not of.desk_public_host:
        remedy = "đặt VISITS_DESK_PUBLIC_HOST, ví dụ giamsat.tinhuy.vn: bàn làm việc chỉ trả lời tên của nó"
        raise Refused(Problem(of.desk_host, "chưa ghi tên mà trình duyệt gọi", remedy))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_address(of: Settings) -> str:
    """The address at which this machine itself reaches the desk, whatever it is called outside."""
    scheme = "https" if of.desk_tls_cert and of.desk_tls_key else "http"
    host = {**_EVERYWHERE, "localhost": "127.0.0.1"}.get(of.desk_host, of.desk_host)
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{of.desk_port}"

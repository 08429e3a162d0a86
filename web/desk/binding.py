"""Where the desk may be opened: on this machine; to others only under TLS, or behind a proxy that speaks it."""

import os

from config.listening import EVERYWHERE, called_here, is_loopback
from config.settings import Settings
from domain.problem import Problem, Refused
from web.connections.callers import networks_of


def check(of: Settings) -> None:
    """Refuse to carry passwords over a network in the clear, and to show a rehearsal to other machines."""
    cert, key = of.desk_tls_cert, of.desk_tls_key
    if (cert is None) != (key is None):
        remedy = "đặt cả VISITS_DESK_TLS_CERT và VISITS_DESK_TLS_KEY"
        raise Refused(Problem("bàn làm việc", "chỉ có chứng chỉ hoặc chỉ có khóa", remedy))
    for file in (cert, key):
        if file is not None and not os.access(file, os.R_OK):
            raise Refused(Problem(str(file), "không đọc được", "kiểm tra đường dẫn và quyền đọc"))
    _check_proxies(of)
    if is_loopback(of.desk_host):
        return
    if of.mode == "rehearsal":
        remedy = "bỏ VISITS_DESK_HOST: mật khẩu diễn tập ai cũng biết"
        raise Refused(Problem(of.desk_host, "buổi diễn tập chỉ mở trên máy này", remedy))
    if not of.desk_is_encrypted:
        remedy = "đặt VISITS_DESK_TLS_CERT và VISITS_DESK_TLS_KEY, hoặc VISITS_DESK_BEHIND_PROXY=true nếu có proxy TLS"
        raise Refused(Problem(of.desk_host, "mở ra mạng mà không mã hóa", remedy))
    if of.desk_host in EVERYWHERE and not of.desk_public_host:
        remedy = "đặt VISITS_DESK_PUBLIC_HOST, ví dụ giamsat.tinhuy.vn: bàn làm việc chỉ trả lời tên của nó"
        raise Refused(Problem(of.desk_host, "chưa ghi tên mà trình duyệt gọi", remedy))


def _check_proxies(of: Settings) -> None:
    """A word that names no place would leave the real proxy unknown, and everybody behind it would count as one."""
    for named in of.desk_trusted_proxies:
        try:
            (network,) = networks_of([named])
        except ValueError:
            remedy = 'đặt VISITS_DESK_TRUSTED_PROXIES như ["10.0.0.5", "10.1.0.0/24", "2001:db8::/32"]'
            reason = f"“{named}” không phải địa chỉ IP, cũng không phải dải địa chỉ viết đúng"
            raise Refused(Problem("proxy được tin cậy", reason, remedy)) from None
        if network.prefixlen == 0:
            remedy = "chỉ ghi địa chỉ của proxy: ai cũng được tin thì ai cũng mạo được địa chỉ"
            raise Refused(Problem("proxy được tin cậy", f"“{named}” là mọi máy", remedy))
    if of.desk_behind_proxy and not of.desk_trusted_proxies:
        remedy = "ghi địa chỉ của proxy vào VISITS_DESK_TRUSTED_PROXIES"
        raise Refused(Problem("proxy được tin cậy", "danh sách trống mà bàn làm việc đứng sau proxy", remedy))


def own_address(of: Settings) -> str:
    """The address at which this machine itself reaches the desk, whatever it is called outside."""
    scheme = "https" if of.desk_tls_cert and of.desk_tls_key else "http"
    return f"{scheme}://{called_here(of.desk_host)}:{of.desk_port}"

"""What the working group, those who look on, and those who keep the accounts do here; and what everybody may."""

from domain.role import Role
from domain.wait import Wait
from web.help.doing import CALENDAR, INBOX, LETTERS, MINE, NEWS, RECORD, SEARCH, YEAR, Doing, Guide

INSPECTOR = Guide(
    Role.INSPECTOR,
    "Thành viên Tổ công tác dự sinh hoạt và ghi kết quả giám sát. Thấy kết quả của năm mà mình có tên trong Tổ.",
    (
        Doing(
            "Ghi kết quả giám sát",
            "Từ ngày sinh hoạt, ghi từng mục của danh mục: đạt, đạt một phần, chưa đạt, không áp dụng, chưa xem xét. "
            "Mục chưa đạt phải có ghi chú và được nêu ở một hạn chế, hoặc có lý do không coi là hạn chế; mỗi hạn chế "
            "có kiến nghị ghi nơi thực hiện và thời hạn. Chữ gõ vào tự lưu; mất mạng không mất.",
            (Wait.FINDINGS,),
            (MINE,),
        ),
        Doing(
            "Sửa kết quả bị trả lại",
            "Lãnh đạo trả lại báo cáo kèm lý do; sửa kết quả và gửi lại, bản trước vẫn lưu.",
            (Wait.FINDINGS_AGAIN,),
            (MINE,),
        ),
        Doing(
            "Chấm điểm buổi sinh hoạt",
            "Nếu cơ quan dùng phiếu: từ trang của đợt, mỗi người một phiếu, xem điểm từng phần rồi mới ghi.",
            (),
            (YEAR,),
        ),
    ),
)

VIEWER = Guide(
    Role.VIEWER,
    "Người xem theo dõi năm mà không sửa gì.",
    (
        Doing(
            "Xem bảng năm và từng đợt",
            "Mỗi đợt một dòng: đã qua bước nào, đang chờ ai, hạn nào. Kết quả giám sát và văn bản về kết quả chỉ "
            "hiện cho người có trách nhiệm; đợt có độ mật chỉ hiện tên đơn vị và tháng.",
            (),
            (YEAR,),
        ),
    ),
)

ADMIN = Guide(
    Role.ADMIN,
    "Quản trị giữ tài khoản, địa chỉ và sức khỏe của dịch vụ; không đọc kết quả giám sát.",
    (
        Doing(
            "Tài khoản và giao thay",
            "Thêm, khóa, đổi vai trò, đặt lại mật khẩu (chỉ hiện một lần, trao tận tay). Giao thay trong một thời "
            "gian: người thay làm được việc của người vắng, trừ quản trị, và mọi việc mang tên cả hai.",
            (),
            (("Tài khoản, giao thay", "/quan-tri"),),
        ),
        Doing(
            "Địa chỉ và đơn vị",
            "Sửa địa chỉ nhận thư của năm; xem các đơn vị của kế hoạch. Kế hoạch nạp bằng dòng lệnh.",
            (),
            (("Danh bạ", "/quan-tri/lien-he"), ("Đơn vị", "/quan-tri/don-vi")),
        ),
        Doing(
            "Cho chạy lại khi lỗi",
            "Đầu bảng năm nói dịch vụ có gì cần xem lại. Bước bị lỗi: đọc lý do ở trang của đợt, sửa, rồi cho "
            "chạy lại; bước đã xong không làm lại.",
            (Wait.RUN_FAILED, Wait.RUN_STOPPED),
            (MINE, YEAR),
        ),
        Doing(
            "Thư đến",
            "Thấy thư nào đã đến, của ai, về đợt nào, đã được xử lý chưa; xếp thư vào đợt, để riêng thư của máy. Lời "
            "và tệp của thư không hiện; thư của đợt có độ mật chỉ được nêu là có.",
            (),
            (INBOX,),
        ),
        Doing(
            "Sổ thư và nhật ký",
            "Thấy thư nào đi tới đâu và ai đã làm gì; nội dung có thể nói đến kết quả giám sát thì không hiện.",
            (),
            (LETTERS, RECORD),
        ),
    ),
)

#: What is there for everybody who is signed in.
EVERYBODY = (
    Doing(
        "Bắt đầu ngày làm việc",
        "Đăng nhập xong là tới “Việc của tôi”: việc gấp đứng trước, mỗi việc một nút; con số ở menu là số việc đang "
        "chờ chính mình. “Có gì mới” kể những gì đã xảy ra từ lần trước.",
        (),
        (MINE, NEWS),
    ),
    Doing(
        "Tìm",
        "Ô tìm ở đầu mỗi trang nhận tên đơn vị, tổ chức đảng, số văn bản, tên người hoặc năm; không cần gõ dấu.",
        (),
        (SEARCH,),
    ),
    Doing(
        "Đưa các ngày vào lịch của mình",
        "Tạo một liên kết riêng rồi dán vào lịch của điện thoại hoặc máy tính; thu hồi lúc nào cũng được.",
        (),
        (CALENDAR,),
    ),
    Doing(
        "In",
        "Bảng năm, trang của đợt và các sổ in thẳng từ trình duyệt (Ctrl+P) hoặc lưu thành PDF: trang in bỏ menu, "
        "nút và ô nhập.",
        (),
        (YEAR,),
    ),
)

"""How programs answer mail by themselves: absences, acknowledgements, receipts, Vietnamese and English (RFC 3834)."""

import re

from inbox.phrases import any_of

#: Subjects that programs put in front of ours. A person's `Re:` stands before them.
AUTOMATIC_SUBJECTS = any_of("""
    ^automatic reply:; ^autoreply:; ^auto reply:; ^auto-reply:; ^auto:; ^auto response:; ^auto-response:;
    ^autoresponse:; ^automated reply; ^automated response; ^automatic response; ^auto respond; ^autoresponder;
    ^[auto; ^(auto; ^[automatic; ^out of office:; ^out of office autoreply; ^out of office auto-reply;
    ^out-of-office; ^out of office reply; ^out of the office; ^[out of office; ^ooo:; ^[ooo]; ^vacation reply;
    ^vacation:; ^away from; ^on vacation; ^on leave:; ^absence:; ^vacation response; ^trả lời tự động; ^tự động
    trả lời; ^thư trả lời tự động; ^phản hồi tự động; ^tự động phản hồi; ^thư tự động; ^hồi đáp tự động; ^tin nhắn
    tự động; ^[trả lời tự động; ^[tự động; ^[vắng mặt; ^thông báo vắng mặt:; ^không có mặt tại; ^vắng mặt khỏi cơ
    quan:; ^vắng mặt ở cơ quan:; ^vắng mặt tại cơ quan:; ^ngoài văn phòng:; ^không có ở văn phòng
""")  # fmt: skip
#: What says that it is an absence and not another automatic answer; also what such a subject begins with.
AWAY_SUBJECTS = any_of("""
    out of office; out-of-office; out of the office; ooo; vacation; absence; away from; on leave; on holiday; vắng
    mặt; nghỉ phép; nghỉ lễ; nghỉ mát; nghỉ tết; đi công tác; đi học; không có mặt; ngoài văn phòng; không có ở
    văn phòng
""")  # fmt: skip
AWAY = any_of("""
    out of office; out of the office; out-of-office; away from … office; away from my; away from the; i am away;
    i'm away; i will be away; am currently away; on vacation; on annual leave; on leave; on sick leave; on
    maternity leave; on holiday; on holidays; on a business trip; on business trip; business travel; travelling;
    traveling; be back on; will return; i return; upon my return; when i return; until my return; not in the
    office; not be in the office; be out of; limited access to … email; limited access to … mail; no access to …
    email; not available until; unavailable until; unavailable from; be unavailable; no longer with; no longer
    work; have left; has left; retired; back in the office; back at work; parental leave; attending a training;
    attending training; in my absence; during my absence; urgent matters; vắng mặt; đi vắng; nghỉ phép; nghỉ ốm;
    nghỉ thai sản; nghỉ mát; nghỉ lễ; nghỉ tết; nghỉ hưu; nghỉ việc; nghỉ bù; nghỉ điều trị; nghỉ đến; nghỉ từ;
    được nghỉ; đang nghỉ; nghỉ chế độ; nghỉ chăm; tôi nghỉ; học cao cấp; về nước; dự họp; off sick; công tác tại;
    đi công tác; đang công tác; đi học; học tập trung; đi tập huấn; tập huấn; dự lớp; dự hội nghị; không có mặt;
    không ở cơ quan; không ở văn phòng; không có ở; ngoài văn phòng; xa cơ quan; khi trở lại; sau khi trở lại;
    quay lại làm việc; trở lại làm việc; đi làm lại; làm việc trở lại; khi trở về; quay trở lại; chuyển công tác;
    không còn công tác; không còn làm việc; thôi giữ chức; đã chuyển sang; thời gian tôi vắng; không thể trả lời;
    không trả lời … ngay; điều trị tại; nằm viện; biệt phái; đi thực tế; đi cơ sở; thay tôi; liên hệ … thay
""")  # fmt: skip
#: A desk or a program that has got something: no absence.
ACKNOWLEDGED = any_of("""
    we have received your; has been received; your request; ticket; case number; reference number; thank you for
    contacting; thanks for contacting; your message has been received; acknowledge receipt; will respond within;
    reply within; get back to you within; đã tiếp nhận; đã nhận được; mã hồ sơ; mã yêu cầu; số phiếu; phiếu yêu
    cầu; sẽ phản hồi trong; trong giờ hành chính; trong vòng … giờ; bộ phận hỗ trợ; tổng đài; cảm ơn … đã liên hệ;
    cảm ơn … đã gửi thư
""")  # fmt: skip
#: Words of a machine about itself.
BY_A_MACHINE = any_of("""
    this is an automated; this is an automatic; this is an auto-generated; this is a system generated;
    automatically generated; auto-generated email; do not reply to this; please do not reply; do not respond to
    this; this mailbox is not monitored; unmonitored mailbox; đây là thư tự động; đây là email tự động; đây là
    e-mail tự động; thư này được gửi tự động; thư được gửi tự động; email này được gửi tự động; vui lòng không trả
    lời thư này; vui lòng không trả lời email này; không trả lời lại thư này; không trả lời vào thư này; đề nghị
    không trả lời thư này; xin không trả lời thư này; vui lòng không phản hồi thư này; hệ thống gửi tự động; thư
    do hệ thống tự động; email tự động từ hệ thống; thư tự động từ hệ thống
""")  # fmt: skip
#: Receipts of reading and of delivery that are no report of the RFC.
RECEIPTS = any_of("""
    ^read:; ^read receipt; ^return receipt; ^not read:; ^delivered:; ^relayed:; ^successful mail delivery report;
    ^receipt:; ^deleted:; ^recall:; ^message recall; ^đã đọc:; ^đã xem:; ^biên nhận; ^xác nhận đã đọc; ^chưa đọc:;
    ^không đọc:; ^đã chuyển:; ^đã xóa:; ^thu hồi:; ^đã gửi tới:; ^đã phát:
""")  # fmt: skip
#: Parts before the `@` that nobody writes by hand from.
NOBODYS = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|noreply[-_.+].*|notifications?|auto[-_.]?reply|automailer|khong[-_.]?tra[-_.]?loi)$"
)

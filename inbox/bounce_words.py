"""How mail servers say that a letter came back, in English and Vietnamese; what is soft among it (decision 0050)."""

import re

from inbox.phrases import any_of

#: Parts before the `@` by which servers write of undelivered mail, and the names they give themselves.
DAEMONS = re.compile(r"^(?:mailer[-_.]?daemon|mail[-_.]?daemon|daemon|mdaemon|microsoftexchange[0-9a-f]*|mmdf)$")
#: … which people may have as well.
SERVERS = re.compile(
    r"^(?:post[-_.]?master|mail[-_.]?delivery|mailer|mailerror|mail[-_.]?admin|bounces?|mail[-_.]?system"
    r"|smtp[-_.]?(?:server|gateway|daemon)?|administrator|root|ndr|dsn|mta|imail|listserv)$"
)
SERVER_NAMES = any_of("""
    mail delivery; mail deliver system; mail system; mail administrator; mailer-daemon; internet mail delivery;
    system administrator; postmaster; delivery subsystem; mail router; hệ thống thư điện tử; hệ thống thư; quản
    trị hệ thống thư; quản trị thư điện tử; mail daemon
""")  # fmt: skip

#: Subjects of what came back; a person's `Re:` or `Fwd:` stands before them.
SUBJECTS = any_of("""
    ^undeliver; ^undelivered; ^undeliverable; ^returned mail; ^returned to sender; ^failure notice; ^mail failure;
    ^failure delivery; ^failed mail; ^failed delivery; ^delivery failure; ^delivery failed; ^delivery error;
    ^delivery status notification; ^delivery notification; ^delivery report; ^delivery problem; ^delivery has
    failed; ^delivery delayed; ^delayed mail; ^mail delivery; ^mail delivered failed; ^mail undeliverable; ^mail
    system error; ^mail could not be delivered; ^mail not delivered; ^mail status report; ^message delivery;
    ^message undeliverable; ^message could not be delivered; ^message not delivered; ^message delayed; ^message
    status; ^nondeliverable mail; ^non-delivery; ^non delivery; ^non remis; ^notification: delivery; ^permanent
    delivery failure; ^permanent error; ^rejected:; ^rejected mail; ^your message … could not be delivered; ^your
    email … could not be delivered; ^unable to deliver; ^unable to send; ^undelivered mail; ^user unknown;
    ^warning: could not send; ^warning: message; ^warning: mail; ^warning--could not send; ^warning: unable to
    send; ^could not send; ^couldn't deliver; ^returning message; ^sendmail failure; ^bounced mail; ^bounce;
    ^address not found; ^message blocked; ^message rejected; ^error sending; ^error mail; ^email rejected; ^mail
    rejected; ^e-mail rejected; ^transient delivery; ^unsent mail; ^mail error; ^mailbox full; ^quota exceeded;
    ^over quota; ^message not sent; ^không gửi được; ^không thể gửi; ^không chuyển được; ^không thể chuyển; ^không
    phát được; ^thư không gửi được; ^thư không chuyển được; ^thư không đến được; ^thư bị trả lại; ^thư trả lại;
    ^thư bị từ chối; ^thư chưa gửi được; ^thư chưa chuyển được; ^thư của bạn không; ^thư bị trả về; ^thư bị trì
    hoãn; ^thư gửi bị lỗi; ^gửi thư thất bại; ^gửi thư không thành công; ^lỗi gửi thư; ^lỗi chuyển thư; ^lỗi hệ
    thống thư; ^thông báo … gửi thư; ^thông báo … trả lại; ^thông báo … không gửi được; ^thông báo … chuyển thư;
    ^thông báo … trạng thái gửi; ^thông báo … thư không; ^thông báo … lỗi; ^cảnh báo … chưa gửi được; ^cảnh báo …
    thư; ^chưa gửi được; ^chưa thể gửi; ^trạng thái gửi thư; ^hộp thư đầy; ^hộp thư … đã đầy; ^địa chỉ … không tồn
    tại; ^không tìm thấy địa chỉ
""")  # fmt: skip

#: What a server writes about a letter that it gives back.
GIVEN_BACK = any_of("""
    could not be delivered; couldn't be delivered; could not deliver; couldn't deliver; cannot be delivered; can't
    be delivered; cannot deliver; was not delivered; were not delivered; not been delivered; not delivered to;
    wasn't delivered; unable to deliver; unable to be delivered; not able to deliver; delivery … failed; delivery
    failure; failed to deliver; delivery has failed; failed permanently; undeliverable; undelivered; was
    undeliverable; has been returned; was returned; is being returned; returned to you; returned to sender; did
    not reach; permanent fatal errors; fatal errors; delivery errors; delivery problems; message … rejected; mail
    … rejected; was rejected by; has been rejected; has been blocked; was blocked; address not found; delivery
    error; error … while … deliver; permanent error; could not be sent; was not sent; was not accepted; did not
    accept; cannot send; unknown user; user unknown; message bounced; no such user; this is a permanent error;
    sorry we were unable; i'm afraid i wasn't able; failed recipient; failed addresses; unsent message; no valid
    recipients; recipient … does not exist; không gửi được; không thể gửi; không chuyển được; không thể chuyển;
    không được chuyển; chưa được chuyển; gửi không thành công; gửi thất bại; không phát được; bị trả lại; bị từ
    chối; không đến được; không tồn tại; không thể phân phối; không thể phát; bị trả về; không phân phối được; đã
    đầy; vượt quá dung lượng; trả về cho người gửi; chuyển trả
""")  # fmt: skip

#: A server that goes on trying.
STILL_TRIED = any_of("""
    will be retried; will retry; will continue to; will keep trying; will try again; still trying; has been
    delayed; is delayed; was delayed; delayed; not yet been delivered; has not been delivered yet; not yet
    delivered; delivery attempts will continue; warning message only; do not need to resend; don't need to resend;
    no action is required on your part; still being retried; delivery incomplete; temporary problem delivering;
    will be reattempted; queued … for delivery; still in the queue; tiếp tục thử; sẽ thử lại; thử gửi lại; đang
    thử; vẫn đang được gửi; không cần gửi lại; bị trì hoãn; chậm trễ; tiếp tục gửi; tiếp tục chuyển; chưa gửi
    được; chưa chuyển được; tạm thời chưa
""")  # fmt: skip
#: … whatever else it says.
ONLY_A_WARNING = any_of("""
    warning message only; do not need to resend; don't need to resend; no action is required on your part; không
    cần gửi lại
""")
#: … unless it says as well that it has given up.
GIVEN_UP = any_of("""
    given up; giving up; gave up; i've given up; this is a permanent error; failed permanently; no further
    attempts; will not be retried; not be attempted again; has been abandoned; could not be delivered for; retry
    timeout exceeded; retry time … exceeded; delivery time expired; message expired; has expired; đã ngừng gửi;
    ngừng thử; không thử lại; đã hết thời gian; hết hạn gửi
""")  # fmt: skip

#: Soft: the mailbox is right and full.
FULL = any_of("""
    mailbox full; mailbox is full; inbox is full; mailbox … full; quota exceeded; over quota; overquota; exceeded
    … quota; exceeds … quota; quota … exceeded; exceeded … storage; storage … exceeded; out of storage;
    insufficient storage; insufficient system storage; insufficient … space; not enough space; disk quota; no
    space left; disk full; quota limit; mailbox size limit; storage limit; inbox … full; exceeds allowed size;
    exceeded … local limit; mailbox exceeds; mailbox … exceeded; over … storage; over … size limit for mailbox;
    too much mail; hộp thư … đầy; đầy hộp thư; hết dung lượng; hạn mức lưu trữ; vượt … hạn mức; hết chỗ; vượt …
    dung lượng; quá dung lượng; đã đầy
""")  # fmt: skip
#: Soft: not now.
LATER = any_of("""
    try again later; try later; please try again; temporarily; temporary; greylist; graylist; greylisted;
    greylisting; deferred; timed out; timeout; time out; connection refused; connection reset; connection dropped;
    lost connection; no route to host; network is unreachable; host unreachable; host is down; host not
    responding; did not respond; too many connections; too many concurrent; rate limit; too many messages; too
    busy; system resources; load too high; retry timeout exceeded; retry time; multiple retries; socket error;
    requests to connect; failing for a long time; for the last … seconds; failed … attempts; delivery time
    expired; message expired; expired; couldn't connect; could not connect; connection attempt failed; did not
    properly respond; failed to respond; connection … failed; unable to connect; wasn't able to establish; not yet
    been delivered; unusual rate; thử lại sau; gửi lại sau; tạm thời; quá thời gian; hết thời gian; không kết nối
    được; máy chủ bận
""")  # fmt: skip
#: Hard, whatever the code: nobody is there.
NOBODY = any_of("""
    user unknown; unknown user; no such user; no such recipient; no such mailbox; no such address; unknown
    recipient; recipient unknown; does not exist; doesn't exist; do not exist; user not found; recipient not
    found; address not found; invalid recipient; invalid mailbox; invalid address; not a valid; unrouteable
    address; unroutable address; domain not found; host unknown; unknown host; no mailbox here; account …
    disabled; mailbox … disabled; mailbox disabled; mailbox unavailable; no longer available; unknown local part;
    unknown address; not listed in; không tồn tại; không tìm thấy; không có người dùng; địa chỉ sai; địa chỉ không
    đúng; địa chỉ không hợp lệ; đã bị khóa; ngừng hoạt động; tên miền không; không có trong hệ thống; host or
    domain name not found; không tìm thấy host
""")  # fmt: skip

#: Where the machine's own words end and our letter begins.
COPY_BELOW = any_of("""
    below this line is a copy; this is a copy of; a copy of the message; copy of your message; copy of the
    original; original message; original mail; unsent message below; undelivered message; message header follow;
    headers of the message; message headers follow; header of the original; headers of the original; returned
    message; message follows; text of the message; first … lines of; beginning of the original; your message
    follows; start of returned; message contents; returned text; included below; original headers; message
    content:; the message you sent; message that bounced; header of your message; nội dung thư gốc; thư gốc; bản
    sao thư; bản sao của thư; tiêu đề thư gốc; nội dung thư đã gửi; thư đã gửi; đầu thư gốc
""")  # fmt: skip

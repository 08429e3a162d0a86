"""What officers, leaders and clerks do here."""

from domain.role import Role
from domain.wait import Wait
from web.help.doing import HELD, INBOX, LETTERS, MINE, RECORD, YEAR, Doing, Guide

OFFICER = Guide(
    Role.OFFICER,
    "Chuyên viên theo dõi cả năm, nhập thay những gì đơn vị gửi bằng giấy hoặc qua điện thoại, và xử lý thư.",
    (
        Doing(
            "Nhập danh sách giới thiệu",
            "Đơn vị tự gửi qua liên kết trong thư đề nghị. Nếu danh sách đến bằng công văn hoặc tệp Excel, mở trang "
            "của đợt ở mục “Đang chờ bên ngoài”, nhập từng buổi hoặc tải tệp lên, xem lại từng dòng đã hiểu thế "
            "nào rồi mới ghi. "
            "Trước khi lãnh đạo chọn còn nhập lại được; bản cũ vẫn lưu.",
            (
                Wait.NOMINATIONS, Wait.NOMINATIONS_OVERDUE, Wait.NOMINATIONS_ON_PAPER, Wait.NOMINATIONS_AGAIN,
            ),
            (MINE,),
        ),
        Doing(
            "Xem thư đến, nhận danh sách gửi bằng thư",
            "Thư của đơn vị chờ ở “Thư đến”. Thư chưa rõ về việc gì: bấm vào đợt được gợi ý, hoặc để riêng. Danh sách "
            "kèm thư (Excel, CSV, bảng Word): xem từng dòng rồi nhận; thời hạn tính theo ngày thư đến. Bản quét, ảnh "
            "chụp đứng cạnh mẫu nhập. Tệp chỉ tải về, không mở ở đây.",
            (),
            (INBOX,),
        ),
        Doing(
            "Chuyển buổi, mời thêm khách, cấp lại liên kết",
            "Ở trang của đợt, cột bên phải: chuyển buổi khi đơn vị đổi ngày, ghi khách mời thêm, thu hồi hoặc cấp lại "
            "liên kết trả lời. Thông báo đã phát hành thì văn thư cấp số cho thông báo điều chỉnh, giấy mời gửi lại.",
            (),
            (YEAR,),
        ),
        Doing(
            "Xử lý thư",
            "Thư chưa rõ đã đi hay chưa: hỏi nơi nhận rồi xác nhận. Thư bị từ chối, bị trả lại: sửa địa chỉ, rồi gửi "
            "lại. Thư đang giữ: xem ai nhận gì, đánh dấu, cho gửi. Thư mật, hoặc nơi nhận không có địa chỉ: trao bản "
            "giấy rồi ghi lại.",
            (Wait.LETTER_RESOLUTION, Wait.LETTERS_HELD),
            (LETTERS, HELD),
        ),
        Doing(
            "Nhận và xem xét báo cáo của đơn vị tự giám sát",
            "Báo cáo đến bằng giấy thì nhập kèm tệp; báo cáo đến qua liên kết thì xem xét: tiếp nhận, hoặc trả lại kèm "
            "lý do để đơn vị bổ sung.",
            (
                Wait.SELF_REPORT, Wait.SELF_REPORT_OVERDUE, Wait.SELF_REPORT_AGAIN, Wait.SELF_REPORT_REVIEW,
            ),
            (MINE, YEAR),
        ),
        Doing(
            "Theo dõi kiến nghị",
            "Sau thông báo kết quả, đơn vị được nhắc theo thời hạn của từng kiến nghị. Trả lời bằng công văn thì nhập "
            "kết quả thực hiện tại đây.",
            (Wait.REMEDIES, Wait.REMEDIES_OVERDUE),
            (MINE,),
        ),
        Doing(
            "Chuẩn bị báo cáo tổng hợp",
            "Xem số liệu cả năm và bản ghi đứng sau từng số, ghi nhiệm vụ, giải pháp năm sau. Cả năm tải được bằng "
            "Excel từ bảng năm.",
            (Wait.PROPOSALS,),
            (YEAR,),
        ),
        Doing(
            "Quyết định về việc đã qua, cho chạy lại",
            "Việc có thời gian đã qua khi nạp kế hoạch: ghi đã làm xong trên giấy, làm tiếp từ một bước, mở ngay, hoặc "
            "bỏ. Bước bị lỗi: đọc lý do ở trang của đợt, sửa, rồi cho chạy lại; bước đã xong không làm lại.",
            (Wait.DECISION, Wait.RUN_FAILED, Wait.RUN_STOPPED),
            (MINE,),
        ),
    ),
)  # fmt: skip

LEADER = Guide(
    Role.LEADER,
    "Lãnh đạo Ban quyết định: chấp nhận, chọn, duyệt. Máy soạn và đề xuất, không quyết định thay ai.",
    (
        Doing(
            "Chấp nhận danh sách trễ hoặc thiếu",
            "Khi mọi buổi chuyên đề đều báo trễ hạn, hoặc danh sách thiếu chi bộ sinh hoạt chuyên đề, xem cách đếm "
            "ngày của từng buổi rồi chấp nhận kèm lý do.",
            (Wait.ACCEPTANCE,),
            (MINE,),
        ),
        Doing(
            "Chọn nơi dự",
            "Dịch vụ xếp các buổi theo điểm và nói rõ vì sao. Phải chọn ít nhất một chi bộ sinh hoạt chuyên đề; chọn "
            "khác đi thì ghi lý do. Đến khi thông báo phát hành còn chọn lại được.",
            (Wait.CHOICE,),
            (MINE,),
        ),
        Doing(
            "Duyệt báo cáo của Tổ công tác và thông báo kết quả",
            "Văn bản hiện bên cạnh nút duyệt; duyệt là duyệt đúng bản đang xem. Báo cáo chưa đạt thì trả lại kèm lý "
            "do, Tổ công tác sửa và gửi lại. Nếu cơ quan quy định như vậy, không ai tự duyệt kết quả do mình nhập.",
            (Wait.REPORT_APPROVAL, Wait.RESULT_APPROVAL),
            (MINE,),
        ),
        Doing(
            "Duyệt báo cáo tổng hợp năm",
            "Xem số liệu, nhận định và phần so sánh với năm trước, rồi duyệt để văn thư phát hành.",
            (Wait.SUMMARY_APPROVAL,),
            (MINE, YEAR),
        ),
        Doing(
            "Cho phép ngoại lệ, chuyển, hủy",
            "Văn bản chưa đạt một điểm kiểm tra chỉ phát hành được khi lãnh đạo cho phép kèm lý do, cho riêng bản ấy. "
            "Chuyển buổi và hủy đợt ở cột bên phải trang của đợt; nơi nào đã nhận thư đều được báo.",
            (),
            (YEAR,),
        ),
        Doing(
            "Quyết định về việc đã qua",
            "Việc có thời gian đã qua khi nạp kế hoạch chờ người quyết định; lãnh đạo làm được như chuyên viên.",
            (Wait.DECISION,),
            (YEAR,),
        ),
        Doing(
            "Xem ai đã làm gì",
            "Mọi quyết định có tên, ngày giờ và lý do, ở trang của đợt và trong nhật ký.",
            (),
            (RECORD,),
        ),
        Doing(
            "Xem thư đến",
            "Đơn vị trả lời bằng thư thì lời và tệp hiện ở “Thư đến” và ở trang của đợt; chuyên viên nhận danh sách, "
            "xếp thư vào đợt.",
            (),
            (INBOX,),
        ),
    ),
)  # fmt: skip

CLERK = Guide(
    Role.CLERK,
    "Văn thư lấy số và phát hành. Số chạy theo loại văn bản và nhiệm kỳ, không theo năm.",
    (
        Doing(
            "Cấp số công văn đề nghị",
            "Công văn đề nghị gửi danh sách và công văn đề nghị báo cáo năm chỉ gửi đi khi đã có số. Các đơn vị được "
            "đề nghị cùng ngày chung một công văn, một số. Cơ quan để dịch vụ tự lấy số từ khối đã dành thì không "
            "phải làm gì ở đây.",
            (Wait.REQUEST_ISSUE, Wait.SELF_REPORT_ISSUE),
            (MINE,),
        ),
        Doing(
            "Phát hành thông báo dự sinh hoạt và thông báo điều chỉnh",
            "Xem văn bản, ghi số và ngày, đính kèm bản ký nếu có, rồi phát hành. Thông báo đi tới đúng những nơi ghi "
            "ở “Nơi nhận”. Có buổi chuyển thì phát hành thông báo điều chỉnh.",
            (Wait.NOTICE_ISSUE, Wait.CHANGE_ISSUE),
            (MINE,),
        ),
        Doing(
            "Phát hành giấy mời",
            "Mọi giấy mời của đợt chung một số. Phát hành thông báo xong thì trang giấy mời mở ra ngay; giấy mời "
            "đi khi đã có số.",
            (Wait.INVITATION_ISSUE,),
            (MINE,),
        ),
        Doing(
            "Phát hành thông báo kết quả",
            "Chỉ phát hành được bản mà lãnh đạo đã duyệt; nội dung đổi sau khi duyệt thì phải duyệt lại.",
            (Wait.RESULT_ISSUE,),
            (MINE,),
        ),
        Doing(
            "Phát hành kế hoạch năm và báo cáo tổng hợp",
            "Làm như với thông báo, ở trang kế hoạch và trang tổng hợp của năm.",
            (Wait.PLAN_ISSUE, Wait.SUMMARY_ISSUE),
            (MINE, YEAR),
        ),
        Doing(
            "Xem bản ký",
            "Khi đính kèm bản ký số hoặc bản quét, dịch vụ cho biết ai ký, tệp còn nguyên vẹn không, nội dung có đúng "
            "bản đã duyệt không. Có điều đáng ngờ thì ghi lý do vẫn dùng.",
        ),
        Doing(
            "Độ mật, độ khẩn",
            "Văn bản có độ mật không gửi qua thư; trao tay xong thì chuyên viên ghi lại ở sổ thư. Từ lúc một văn bản "
            "của đợt có độ mật, mọi thư khác của đợt cũng không ra ngoài.",
            (),
            (LETTERS,),
        ),
        Doing(
            "Xem thư đến",
            "Đơn vị trả lời bằng thư thì lời và tệp hiện ở “Thư đến” và ở trang của đợt; chuyên viên nhận danh sách, "
            "xếp thư vào đợt.",
            (),
            (INBOX,),
        ),
    ),
)  # fmt: skip

"""A host's list as tests type it into the form."""

GOOD = {
    "do": "preview", "seen": "0", "received_on": "20/3/2024", "their_symbol": "63-CV/ThU", "their_date": "19/3/2024",
    "organisation-1": "Chi bộ Trường THPT Mẫu", "org_type-1": "cell_grassroots", "day-1": "14/5/2024",
    "time-1": "14:00",
    "venue-1": "Phòng họp A", "kind-1": "thematic", "theme-1": "Nêu gương trong dạy và học", "members-1": "31",
    "organisation-2": "Chi bộ khu phố Mẫu Hai", "org_type-2": "cell_subordinate", "parent-2": "Đảng ủy phường Mẫu",
    "day-2": "16 5 2024", "time-2": "1900", "venue-2": "Nhà văn hóa", "kind-2": "regular",
}  # fmt: skip

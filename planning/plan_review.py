"""Looks at a plan before its year starts: days off, double days, full months, chains that end too late (A5, A15)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from config.faults import Faults, did_you_mean
from config.yaml_lines import Entry
from domain.dates import month_and_year, short_date, weekday
from domain.plan import Contacts, Plan, PlannedVisit
from domain.plan_calendar import Pace, chain_of, first_day_that_fits, usual_days
from domain.text import match_key
from domain.working_days import WorkingCalendar


@dataclass(frozen=True)
class Review:
    """One look at one plan; every finding is a warning with its line, and a day or a month that would do."""

    plan: Plan
    entry: Entry
    faults: Faults
    pace: Pace
    calendar: WorkingCalendar
    max_hosts_per_month: int

    def all(self, contacts: Contacts | None = None) -> None:
        """Note everything a person should look at before the plan is signed."""
        for visit, line in self._visits():
            self._validity(visit, line)
            if visit.day:
                self._day(visit, visit.day, line)
            else:
                self._month(visit, line)
        self._double_days()
        self._full_months()
        self._self_supervision()
        if contacts:
            self._inspectors(contacts)

    def _visits(self) -> list[tuple[PlannedVisit, int]]:
        places = self.entry.items("visits")
        return [(visit, place.line) for visit, place in zip(self.plan.visits, places, strict=True)]

    def _warn(self, line: int, fault: str, remedy: str) -> None:
        self.faults.add(line, fault, remedy, warning=True)

    def _validity(self, visit: PlannedVisit, line: int) -> None:
        """A unit that is not there in the month of its visit (C8)."""
        unit = self.plan.unit(visit.unit)
        first = date(self.plan.year, visit.month, 1)
        last = first + timedelta(days=27)
        if unit.valid_to and unit.valid_to < (visit.day or first):
            after = ", ".join(self._name(code) for code in unit.succeeded_by) or "(chưa ghi succeeded_by)"
            fault = f"{unit.name} chỉ tồn tại đến {short_date(unit.valid_to)}, trước khi được dự"
            self._warn(line, fault, f"thay bằng đơn vị kế tục: {after}, hoặc dự sớm hơn")
        elif unit.valid_from and unit.valid_from > (visit.day or last):
            fault = f"{unit.name} đến {short_date(unit.valid_from)} mới thành lập"
            self._warn(line, fault, f"chuyển sang tháng {month_and_year(unit.valid_from.year, unit.valid_from.month)}")

    def _name(self, code: str) -> str:
        return next((unit.name for unit in self.plan.units if unit.code == code), code)

    def _day(self, visit: PlannedVisit, day: date, line: int) -> None:
        """A visit whose day is foreseen: in its month, on a working day, with time for its chain (R88)."""
        if (day.year, day.month) != (self.plan.year, visit.month):
            fault = f"ngày dự kiến {short_date(day)} không thuộc tháng {month_and_year(self.plan.year, visit.month)}"
            self._warn(line, fault, "sửa ngày, hoặc sửa tháng")
        if why := self.calendar.why_off(day):
            fault = f"ngày dự kiến {short_date(day)} ({weekday(day)}) là ngày nghỉ: {why}"
            self._warn(line, fault, f"chuyển sang {_said(self.calendar.on_or_after(day))}")
        self._chain(visit, day, line)

    def _month(self, visit: PlannedVisit, line: int) -> None:
        """A visit of which only the month is known: is there a usual meeting day left, and does its chain fit?"""
        usual = usual_days(self.plan, visit, self.pace)
        worked = [day for day in usual if self.calendar.is_working_day(day)]
        if usual and not worked:
            said = "; ".join(f"{short_date(day)} {self.calendar.why_off(day)}" for day in usual)
            moved = self.calendar.on_or_after(usual[0])
            fault = f"mọi ngày sinh hoạt thường lệ của tháng {visit.month} đều là ngày nghỉ ({said})"
            self._warn(line, fault, f"đề nghị đơn vị sinh hoạt {_said(moved)}")
            worked = [moved]
        if worked:
            self._chain(visit, worked[-1], line)

    def _chain(self, visit: PlannedVisit, day: date, line: int) -> None:
        """Request → deadline → choice → notice → invitations: is all that done in time before the meeting (A15)?"""
        chain = chain_of(self.plan, visit, day, self.pace, self.calendar)
        if chain.earliest <= day:
            return
        steps = (
            f"đề nghị {short_date(chain.opens)}, danh sách {short_date(chain.listed)}, "
            f"chọn {short_date(chain.chosen)}, thông báo và giấy mời {short_date(chain.noticed)}"
        )
        fault = f"không kịp trình tự cho buổi sinh hoạt ngày {short_date(day)}: {steps}"
        better = first_day_that_fits(self.plan, visit, day, self.pace, self.calendar)
        if better is None:
            remedy = "không ngày nào kịp: rút ngắn các hạn trong VISITS_LADDERS, VISITS_PLANNING, hoặc đề nghị sớm hơn"
        elif better.month == visit.month:
            remedy = f"sớm nhất là {_said(better)}"
        else:
            remedy = f"sớm nhất là {_said(better)}: chuyển sang tháng {better.month}, hoặc ký kế hoạch sớm hơn"
        self._warn(line, fault, remedy)

    def _double_days(self) -> None:
        """An inspector, or the one working group, at two hosts on one day (C2)."""
        dated = [(visit, visit.day, line) for visit, line in self._visits() if visit.day]
        taken = {day for _, day, _ in dated}
        for number, (visit, day, line) in enumerate(dated):
            for other, other_day, other_line in dated[:number]:
                if day != other_day or not (who := _both(visit, other)):
                    continue
                free = self._next_free(day, taken)
                taken.add(free)
                fault = f"{who} đã dự {self._name(other.unit)} cùng ngày {short_date(day)} (dòng {other_line})"
                self._warn(line, fault, f"chuyển sang {_said(free)}, hoặc chia Tổ công tác (inspectors: […])")
                break

    def _next_free(self, day: date, taken: set[date]) -> date:
        free = day + timedelta(days=1)
        while free in taken or not self.calendar.is_working_day(free):
            free += timedelta(days=1)
        return free

    def _full_months(self) -> None:
        """More hosts in one month than the office can attend (C10)."""
        hosts = Counter(visit.month for visit in self.plan.visits)
        most, seen = self.max_hosts_per_month, Counter[int]()
        room = [month for month in sorted(hosts) if hosts[month] < most]
        room = room or [month for month in range(1, 13) if month not in hosts]
        for visit, line in self._visits():
            seen[visit.month] += 1
            if seen[visit.month] != most + 1:
                continue
            where = f"chuyển bớt sang tháng {', '.join(map(str, room))}" if room else "bớt đơn vị"
            fault = f"tháng {visit.month} có {hosts[visit.month]} đơn vị, nhiều nhất {most}"
            self._warn(line, fault, f"{where}, hoặc tăng VISITS_PLANNING__MAX_HOSTS_PER_MONTH")

    def _self_supervision(self) -> None:
        """A date of the reports on a day off: it stays inclusive and does not roll, so it is better set well (A13)."""
        due = self.plan.self_supervising.due
        place = self.entry.get("self_supervising", "due")
        if place and (why := self.calendar.why_off(due)):
            before, after = self.calendar.on_or_before(due), self.calendar.on_or_after(due)
            fault = f"hạn báo cáo tự giám sát {short_date(due)} ({weekday(due)}) là ngày nghỉ: {why}"
            self._warn(place.line, fault, f"đặt {_said(before)} hoặc {_said(after)}")

    def _inspectors(self, contacts: Contacts) -> None:
        known = [inspector.name for inspector in contacts.inspectors]
        keys = set(map(match_key, known))
        for place in self.entry.items("visits"):
            for cell in place.items("inspectors"):
                if isinstance(cell.value, str) and match_key(cell.value) not in keys:
                    remedy = did_you_mean(cell.value, known, f"ghi một trong: {', '.join(known)}")
                    self._warn(cell.line, f"Tổ công tác không có ai tên “{cell.value}”", remedy)


def _both(one: PlannedVisit, other: PlannedVisit) -> str:
    """Who would be at both visits: names, or the group where one of them takes the whole; empty if nobody is."""
    if not one.inspectors or not other.inspectors:
        return "Tổ công tác"
    keys = set(map(match_key, other.inspectors))
    return _list([name for name in one.inspectors if match_key(name) in keys])


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)


def _said(day: date) -> str:
    return f"{weekday(day)} {short_date(day)}"

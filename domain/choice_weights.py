"""How much each part of a recommendation counts; the numbers come from `config/choice.yaml`, never from code."""

from dataclasses import dataclass

from domain.nomination import OrgType


@dataclass(frozen=True)
class OrganisationWeights:
    """Points for the kind of organisation that meets (A7)."""

    cell_grassroots: int
    cell_subordinate: int
    grassroots_committee: int
    sectional_committee: int

    def of(self, org_type: OrgType) -> int:
        """The points of that kind."""
        return int(getattr(self, org_type.value))


@dataclass(frozen=True)
class Weights:
    """Points for each part of the score; those of clashes are zero or less."""

    thematic_cell: int  #: a cell whose meeting has a theme (R51)
    organisation: OrganisationWeights
    on_time: int  #: nominated within the deadline (R62)
    never_visited: int  #: the organisation was never attended
    year_since_visit: int  #: for each year since it was attended last …
    years_counted: int  #: … but for no more years than these
    open_recommendation: int  #: for each recommendation that it has not answered (D11) …
    recommendations_counted: int  #: … but for no more than so many
    same_day_in_list: int  #: another meeting of the same list is on that day (C2)
    same_day_elsewhere: int  #: the working group is expected in another unit that day (C2)


@dataclass(frozen=True)
class ChoiceRules:
    """The office's rules of choosing: how places are scored, and how often each unit has its turn."""

    weights: Weights
    within_years: int  #: each unit is host at least once in so many years

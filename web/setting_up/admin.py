"""Who sets an office up."""

from typing import Annotated

from fastapi import Depends

from domain.role import Role
from web.desk.access import Person, needs

#: For the head of a page function.
Admin = Annotated[Person, Depends(needs(Role.ADMIN))]

"""Who is on this computer; every act and every page asks here first."""

from coordinator_app.domain.ids import MemberId
from coordinator_app.domain.person import Member
from coordinator_app.domain.trouble import Refusal
from coordinator_app.services.ports import Shelves


def known(shelves: Shelves, member_id: MemberId) -> Member:
    """Return the member. Refusal: ``unknown_member``, for an act about somebody not here cannot be kept right."""
    member = shelves.people.member(member_id)
    if member is None:
        raise Refusal("unknown_member", "This person is not on this computer.")
    return member

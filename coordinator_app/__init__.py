"""A workstation for nurse care coordinators: whom to call next and why, offline, with later sync."""

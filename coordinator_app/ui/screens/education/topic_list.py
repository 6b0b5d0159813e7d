"""The library by key, what suits now first and in bold; choosing a topic is one key."""

from typing_extensions import override

from coordinator_app.ui.shared.choices import Choice, KeyedPainter
from coordinator_app.ui.shared.hand import width_of
from coordinator_app.ui.shared.typography import Type


class TopicPainter(KeyedPainter):
    """Rows that are heavier where the topic suits, and smaller where a title would not fit."""

    @override
    def role_of(self, row: Choice, room: float) -> Type:
        role = Type.STRONG if row.is_chosen or row.aside else Type.BODY
        if width_of(row.words, role) > room:
            role = Type.LABEL if role is Type.STRONG else Type.SMALL
        return role

"""National Drug Codes: ten digits in three spellings, or eleven as claims write them (5-4-2)."""

_ELEVEN = (5, 4, 2)
_TEN = ((4, 4, 2), (5, 3, 2), (5, 4, 1))


def ndc_forms(written: str) -> tuple[str, ...]:
    """Return the eleven-digit spellings a written code may stand for, none where it is no NDC.

    With hyphens there is one. Ten digits without hyphens do not say which segment is short, so three codes are
    possible; whoever looks one up may take a hit only where a single one of them is known.
    """
    text = written.strip()
    if "-" in text:
        parts = text.split("-")
        sizes = tuple(len(part) for part in parts)
        if sizes not in (*_TEN, _ELEVEN) or not all(part.isdecimal() for part in parts):
            return ()
        return ("".join(part.zfill(size) for part, size in zip(parts, _ELEVEN, strict=True)),)
    if not text.isdecimal():
        return ()
    if len(text) == sum(_ELEVEN):
        return (text,)
    if len(text) != sum(_TEN[0]):
        return ()
    return tuple(dict.fromkeys(_padded(text, sizes) for sizes in _TEN))


def _padded(text: str, sizes: tuple[int, int, int]) -> str:
    first, second, _ = sizes
    parts = (text[:first], text[first : first + second], text[first + second :])
    return "".join(part.zfill(size) for part, size in zip(parts, _ELEVEN, strict=True))

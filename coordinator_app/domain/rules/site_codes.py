"""Codes a site gives for what we name: its value sets by OID, or sets it names ``<prefix>.<name>``."""

from collections.abc import Iterable, Mapping

from coordinator_app.domain.facts import Coding


def codes_of_site(
    site: Mapping[str, Iterable[Coding]], names: Iterable[str], oids: Mapping[str, Iterable[str]], prefix: str
) -> Mapping[Coding, tuple[str, ...]]:
    """Return what each of a site's codes means among ``names``; nothing where the site gave no file."""
    found: dict[Coding, tuple[str, ...]] = {}
    for name in names:
        for key in (f"{prefix}.{name}", *oids.get(name, ())):
            for coding in site.get(key, ()):
                if name not in found.get(coding, ()):
                    found[coding] = (*found.get(coding, ()), name)
    return found

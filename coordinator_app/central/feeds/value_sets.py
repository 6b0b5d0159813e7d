"""Files of value sets: OID to name, version and codes; the only way SNOMED CT and CPT come in (ruling 11)."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coordinator_app.central.feeds import ndc_table
from coordinator_app.central.feeds.code_systems import coding
from coordinator_app.central.feeds.verdicts import Cause, UnusableError

ENDINGS = (".json", ".json.gz", *ndc_table.ENDINGS)
_LARGEST = 256 * 1024 * 1024


def read(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield OID and content; codes carry our short system names. One file is held at a time, at most 256 MiB of it.

    A table from products to NDCs gives sets named ``product.<RxCUI>``.
    """
    with path.open("rb") as plain:
        zipped = plain.read(2) == b"\x1f\x8b"
    try:
        with gzip.open(path) if zipped else path.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnusableError(Cause.TRUNCATED, "its compression is cut short") from error
    if len(content) > _LARGEST:
        raise UnusableError(Cause.TOO_LONG, "the file is over 256 MiB")
    if path.name.lower().endswith(ndc_table.ENDINGS):
        yield from ndc_table.read(content)
        return
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnusableError(Cause.NOT_JSON, "the file is no JSON object") from error
    if not isinstance(document, dict) or not all(_is_set(one) for one in document.values()):
        raise UnusableError(Cause.BAD_VALUE, "the file holds no value sets by OID")
    for oid, one in document.items():
        pairs = sorted({(known.system, known.code) for each in one["codes"] for known in (coding(**each),)})
        yield (
            oid,
            {
                "name": str(one.get("name", "")),
                "version": str(one.get("version", "")),
                "complete": one.get("complete") is not False,
                "codes": [list(pair) for pair in pairs],
            },
        )


def _is_set(one: object) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("codes"), list):
        return False
    return all(
        isinstance(each, dict) and set(each) == {"system", "code"} and all(isinstance(v, str) for v in each.values())
        for each in one["codes"]
    )

"""A site's table from RxNorm products to NDCs, as value sets named after the product."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from coordinator_app.central.feeds.verdicts import Cause, UnusableError
from coordinator_app.domain.codes.ndc import ndc_forms
from coordinator_app.domain.rules.drug_table import SITE_PRODUCT

ENDINGS = (".csv", ".csv.gz")


def read(content: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a set for each RxCUI with its NDCs in eleven digits; needs the headings ``rxcui`` and ``ndc``."""
    try:
        table = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        if not {"rxcui", "ndc"} <= set(table.fieldnames or ()):
            raise UnusableError(Cause.BAD_VALUE, "the table has no headings rxcui and ndc")
        found: dict[str, set[str]] = {}
        for row in table:
            forms = ndc_forms(row["ndc"] or "")
            if len(forms) == 1 and (row["rxcui"] or "").isdecimal():
                found.setdefault(row["rxcui"], set()).add(forms[0])
    except (ValueError, csv.Error) as error:
        raise UnusableError(Cause.BAD_VALUE, "the file is no table of codes") from error
    if not found:
        raise UnusableError(Cause.BAD_VALUE, "the table holds no NDC of a product")
    for rxcui, codes in sorted(found.items()):
        yield (
            SITE_PRODUCT + rxcui,
            {"name": "", "version": "", "complete": True, "codes": [["ndc", code] for code in sorted(codes)]},
        )

"""The short names of code systems: the domain's list, and the further spellings that only feeds meet."""

from coordinator_app.domain.facts import Coding
from coordinator_app.domain.terminology import SHORT_NAMES

_OID = "2.16.840.1.113883."

_MORE_NAMES = {
    _OID + "6.96": "snomed",
    _OID + "6.1": "loinc",
    _OID + "6.88": "rxnorm",
    _OID + "6.69": "ndc",
    "http://www.icd10data.com": "icd10cm",
    "http://www.icd10data.com/icd10pcs": "icd10pcs",
    _OID + "6.90": "icd10cm",
    _OID + "6.3": "icd10cm",
    _OID + "6.4": "icd10pcs",
    "http://hl7.org/fhir/sid/icd-9-cm/diagnosis": "icd9cm",
    "http://hl7.org/fhir/sid/icd-9-cm/procedure": "icd9pcs",
    _OID + "6.103": "icd9cm",
    _OID + "6.104": "icd9pcs",
    _OID + "6.12": "cpt",
    "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": "hcpcs",
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs": "hcpcs",
    _OID + "6.14": "hcpcs",
    _OID + "6.285": "hcpcs",
    _OID + "12.292": "cvx",
    _OID + "6.59": "cvx",
    "http://www.ada.org/cdt": "cdt",
    "https://nahdo.org/sopt": "sopt",
    _OID + "3.221.5": "sopt",
    "http://www.whocc.no/atc": "atc",
    _OID + "6.73": "atc",
    _OID + "6.238": "cdcrec",
    "https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html": "hsloc",
    "http://terminology.hl7.org/CodeSystem/v3-ActCode": "actcode",
    "http://hl7.org/fhir/v3/ActCode": "actcode",
    "http://www.nubc.org/patient-discharge": "nubc",
    "https://www.nubc.org/CodeSystem/PatDischargeStatus": "nubc",
    "http://terminology.hl7.org/CodeSystem/discharge-disposition": "disposition",
    "http://dicom.nema.org/resources/ontology/DCM": "dicom",
    "http://unitsofmeasure.org": "ucum",
    "http://terminology.hl7.org/CodeSystem/data-absent-reason": "absent",
}

_UNITS = {"mmHg": "mm[Hg]", "mm Hg": "mm[Hg]", "mg/dl": "mg/dL", "kg/m²": "kg/m2", "percent": "%"}


def short_name(system: str) -> str:
    """Return our name of a system; one we do not know keeps the address it was written with."""
    plain = system.strip().partition("|")[0].removeprefix("urn:oid:").rstrip("/")
    return SHORT_NAMES.get(plain) or _MORE_NAMES.get(plain, plain)


def coding(system: str, code: str) -> Coding:
    """Return a coding in our spelling: short system name, ICD-10-CM with its dot."""
    name, text = short_name(system), code.strip()
    if name == "icd10cm":
        text = text.upper()
        if len(text) > 3 and "." not in text:
            text = f"{text[:3]}.{text[3:]}"
    return Coding(name, text)


def unit(written: str) -> str:
    """Return the UCUM spelling of a unit often misspelled."""
    return _UNITS.get(written, written)

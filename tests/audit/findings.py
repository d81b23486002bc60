"""What the audit finds, and the few findings that are no fault, each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that is wrong on one page, or in one state of it."""

    check: str  # The id of a check in ``report.CHECKS``.
    rule: str
    page: str  # The address below the site, or the name of a state.
    where: str


@dataclass(frozen=True)
class Allowed:
    """Findings that are no fault: ``where`` is a pattern for the place, ``reason`` says in Dutch why."""

    rule: str
    where: str
    reason: str


ALLOWED = (
    Allowed("taal-van-een-deel", "‘(, )?(Department for Work and Pensions|Government Digital Service|BMC Health Services Research)", "Een naam van een organisatie of uitgever heeft geen taal (WCAG 3.1.2 zondert eigennamen uit)."),
    Allowed("tekst-afgesneden", r"\.tw-(sheet|face)", "Een kaart is een voorbeeld van een vel papier, met vaste maten. Dezelfde tekst staat in de tip, en die groeit mee."),
    Allowed("verdwijnt-in-vaste-kleuren", "label.md-search__overlay", "De sluier achter het open zoekveld is versiering. Het zoekveld zelf blijft te zien."),
)


def reason(finding: Finding) -> str | None:
    """Return why a finding is no fault, or None when it is one."""
    return next((allowed.reason for allowed in ALLOWED if allowed.rule == finding.rule and re.search(allowed.where, finding.where)), None)

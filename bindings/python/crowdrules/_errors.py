# SPDX-License-Identifier: BSL-1.0
"""Why something could not be done: every exception of crowdrules.

    Error                      any of them
      TextError                a text that could not be read: line, column, what, found, expected
      FindingsError            what the rules, or a file, say against something: .findings
      Rejected                 a command that may not be carried out: .code, .facts, .accepted, .rule, .citation
      ColumnError              a column that cannot be computed with: .column, .row
      ContractViolation        what only a programmer gets wrong
        CurrencyMismatch       two currencies in one operation
        Overflow               an amount, count or time beyond what can be held
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Tuple, Union

__all__ = ["ColumnError", "ContractViolation", "CurrencyMismatch", "Error", "FindingsError", "Overflow", "Rejected",
           "TextError"]

if TYPE_CHECKING:
    from ._core import Citation, CommunityRejectionCode, Finding, RejectionCode


class Error(Exception):
    """Whatever crowdrules refuses."""


class TextError(Error, ValueError):
    """A text that could not be read. `line` and `column` count from 1 (columns in bytes); 0 is 'not known'."""

    def __init__(self, message: str, source: str = "", line: int = 0, column: int = 0, what: str = "",
                 found: str = "", expected: str = "") -> None:
        super().__init__(message, source, line, column, what, found, expected)
        self.source = source
        self.line = line
        self.column = column
        self.what = what
        self.found = found
        self.expected = expected

    def __str__(self) -> str:
        return str(self.args[0])


class FindingsError(Error, ValueError):
    """What rules say against terms, or what is wrong with a file: all of it at once, in `findings`."""

    def __init__(self, message: str, findings: Tuple[Finding, ...] = ()) -> None:
        super().__init__(message, findings)
        self.findings = findings

    def __str__(self) -> str:
        return str(self.args[0])


class Rejected(Error, ValueError):
    """A command that may not be carried out; the campaign or community is as it was.

    `code` says which refusal it is, `facts` both sides of the mismatch, `accepted` what would be accepted, `rule` the
    path of the rule, `citation` where it is written. Where the campaign that a presale is refused, its own code is
    `of_presale`.
    """

    def __init__(self, message: str, code: Union[RejectionCode, CommunityRejectionCode], facts: str, accepted: str,
                 rule: str, citation: Citation, of_presale: Optional[RejectionCode] = None) -> None:
        super().__init__(message, code, facts, accepted, rule, citation, of_presale)
        self.code = code
        self.facts = facts
        self.accepted = accepted
        self.rule = rule
        self.citation = citation
        self.of_presale = of_presale

    def __str__(self) -> str:
        return str(self.args[0])


class ColumnError(Error, ValueError):
    """A column that cannot be computed with: `column` is its name, `row` the place of the first bad row from 0."""

    def __init__(self, message: str, column: str = "", row: Optional[int] = None) -> None:
        super().__init__(message, column, row)
        self.column = column
        self.row = row

    def __str__(self) -> str:
        return str(self.args[0])


class ContractViolation(Error, ValueError):
    """The calling program broke a promise; nothing was changed."""


class CurrencyMismatch(ContractViolation):
    """Amounts of different currencies met in one operation."""


class Overflow(ContractViolation, OverflowError):
    """An amount, a count or a time left the range that can be held."""

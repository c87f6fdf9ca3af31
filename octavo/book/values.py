"""The types of single values in octavo.toml: what each accepts, and the words in which it refuses.

In: what tomllib read. Out: plain Python values. A refusal is a `PydanticCustomError` of the type “wanted”, whose
context holds the end of a sentence that begins with the key (“must be …”) and perhaps a hint.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Strict
from pydantic_core import PydanticCustomError

from octavo.book.files import FORBIDDEN
from octavo.diagnostics import nearest

PageName: TypeAlias = Literal["book", "report", "a5"]
PAGE_SIZES: dict[PageName, tuple[str, str]] = {
    "book": ("170mm", "240mm"),
    "report": ("210mm", "297mm"),
    "a5": ("148mm", "210mm"),
}
_SIDE = (50, 2000)  # millimetres: a page that a text can be set on, and that a machine can lay out
_WIDEST_BLEED = 25
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) *(mm|cm|in|pt)")
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?) *([kKMG]?)(i?)B?")
_POWERS = {"": 0, "k": 1, "K": 1, "M": 2, "G": 3}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SLUG = re.compile(r"\w(?:[\w.-]{0,78}\w)?")
_KIND = re.compile(r"[a-z][a-z0-9-]*")
_MACRO = re.compile(r"\\?[A-Za-z]+")
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")


def wanted(must: str, hint: str | None = None, *, alone: bool = False) -> PydanticCustomError:
    """Make the error that says what a value must be; the key stands before it and, unless `alone`, the value behind."""
    return PydanticCustomError("wanted", "{must}", {"must": must, "hint": hint or "", "alone": alone})


def iso_date(text: str) -> date | None:
    """Return the day that `text` names as ISO 8601 does, alone or before a time, or None."""
    try:
        return date.fromisoformat(re.split(r"[ T]", text.strip(), maxsplit=1)[0])
    except ValueError:
        return None


def is_language_tag(text: str) -> bool:
    """Tell whether `text` has the shape of a BCP 47 tag."""
    return _LANGUAGE.fullmatch(text) is not None


def millimetres(length: str) -> float:
    """Return a length with its unit (mm, cm, in or pt) in millimetres; raise ValueError where it is none."""
    if not (match := _LENGTH.fullmatch(length)):
        raise ValueError(length)
    return float(match[1]) * _MILLIMETRES[match[2]]


def _text(value: str) -> str:
    if not value.strip():
        raise wanted("must not be empty", alone=True)
    if FORBIDDEN.search(value):
        raise wanted("must not hold a character that XML forbids")
    return value


def _language(value: str) -> str:
    if is_language_tag(value):
        return value
    mended = value.replace("_", "-").split(".", maxsplit=1)[0]  # as the locale writes it: zh_CN.UTF-8
    hint = f"did you mean “{mended}”?" if is_language_tag(mended) else None
    raise wanted("must be a language tag such as zh-CN or en", hint)


def _slug(value: str) -> str:
    # It becomes the name of files, so nothing may lead out of the folder or hide the file.
    if not _SLUG.fullmatch(value):
        raise wanted("must be one word of at most 80 letters, digits, hyphens and dots")
    return value


def _kind_name(value: str) -> str:
    if not _KIND.fullmatch(value):
        raise wanted("must be named with lower-case letters, digits and hyphens", alone=True)
    return value


def _macro_name(value: str) -> str:
    if not _MACRO.fullmatch(value):
        raise wanted("must be named with letters, as a command of TeX is", alone=True)
    return value


def bare_orcid(text: str) -> str | None:
    """Return an ORCID without the address before it, or None where `text` is none."""
    match = _ORCID.fullmatch(text.strip())
    return match[1] if match else None


def _orcid(value: str) -> str:
    if orcid := bare_orcid(value):
        return orcid
    raise wanted("must be an ORCID such as 0000-0002-1825-0097")


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value) or not _has_host(value):
        raise wanted("must be a web address that begins with https://, without ? and #")
    return value


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname and parts.hostname.encode("idna")) and parts.port != 0
    except ValueError:  # brackets that hold no IPv6 address, a port that is no number, a name that no host can have
        return False


def _token(value: str) -> str:
    # A value is written into a style sheet, which it must not be able to leave.
    if not value.strip() or re.search(r"[;{}<>\\\n\r]", value) or FORBIDDEN.search(value):
        raise wanted("must be the value of a design token, without ; { } < > and backslash")
    return value.strip()


def _date(value: Any) -> date:
    day = iso_date(value) if isinstance(value, str) else value
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    raise wanted("must be a date such as 2026-11-23")


def _size(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return int(value)
    if isinstance(value, str) and (match := _SIZE.fullmatch(value)):
        base = 1024 if match[3] else 1000
        size: int = round(float(match[1]) * base ** _POWERS[match[2]])
        if size:
            return size
    raise wanted("must be a size such as “64 MB”, “100 M” or a whole number above 0")


def _page(value: Any) -> PageName | tuple[str, str]:
    names = get_args(PageName)
    if value in names:
        return value  # type: ignore[no-any-return]  # one of the names
    if isinstance(value, list) and len(value) == 2 and all(_is_side(side) for side in value):
        return value[0].replace(" ", ""), value[1].replace(" ", "")
    raise wanted(
        "must be book, report, a5 or [width, height] from 50mm to 2000mm",
        nearest(value, names) if isinstance(value, str) else None,
    )


def _is_side(value: Any) -> bool:
    try:
        return _SIDE[0] <= millimetres(value) <= _SIDE[1]
    except (ValueError, TypeError):
        return False


def _bleed(value: str) -> str:
    try:
        fits = millimetres(value) <= _WIDEST_BLEED
    except ValueError:
        fits = False
    if not fits:
        raise wanted(f"must be a length from 0mm to {_WIDEST_BLEED}mm")
    return value.replace(" ", "")


def _value(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise wanted("must be a text, a number or a date")
    return _text(value.isoformat() if isinstance(value, date) else str(value))


def _one_as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Text: TypeAlias = Annotated[str, AfterValidator(_text)]
Language: TypeAlias = Annotated[str, AfterValidator(_language)]
Slug: TypeAlias = Annotated[str, AfterValidator(_slug)]
KindName: TypeAlias = Annotated[str, AfterValidator(_kind_name)]
MacroName: TypeAlias = Annotated[str, AfterValidator(_macro_name)]
Orcid: TypeAlias = Annotated[str, AfterValidator(_orcid)]
Address: TypeAlias = Annotated[str, AfterValidator(_address)]
Token: TypeAlias = Annotated[str, AfterValidator(_token)]
Value: TypeAlias = Annotated[str, BeforeValidator(_value, json_schema_input_type=str | int | float | date)]
Date: TypeAlias = Annotated[date, BeforeValidator(_date, json_schema_input_type=date | str)]
Size: TypeAlias = Annotated[int, BeforeValidator(_size, json_schema_input_type=int | str)]
Page: TypeAlias = Annotated[PageName | tuple[str, str], BeforeValidator(_page)]
Bleed: TypeAlias = Annotated[str, AfterValidator(_bleed)]
FileName: TypeAlias = Text

T = TypeVar("T")
# Without Strict(False) a tuple would refuse the lists of TOML; its items stay strict.
Listed: TypeAlias = Annotated[tuple[T, ...], Strict(False)]
FileNames: TypeAlias = Annotated[
    Listed[FileName], BeforeValidator(_one_as_list, json_schema_input_type=str | list[str])
]

"""Numerals as authors type them, to integers and back.

In: one numeral without its marks (“十二”, “IV”, “①”, “B”, “07”). Out: its value, or the numeral of the same kind that
stands for another value, so that a message can name the expected number the way its author would have typed it.
"""

from __future__ import annotations

import re
import unicodedata

HAN_DIGITS = "〇一二三四五六七八九"
HAN_NUMERALS = HAN_DIGITS + "零两十百"

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
CIRCLED_BLACK = "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴"
PARENTHESISED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
PARENTHESISED_HAN = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
FULL_STOP = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
ROMAN_SINGLE = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_SINGLE = (CIRCLED, CIRCLED_BLACK, PARENTHESISED, PARENTHESISED_HAN, FULL_STOP, ROMAN_SINGLE)

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

_HAN_GROUPS = re.compile(
    r"(?:(?P<hundreds>[1-9])百)?(?:(?P<tens>[1-9])?(?P<ten>十)(?P<ones>[1-9])?|(?P<zero>0)?(?P<one>[1-9]))?"
)


def read_numeral(text: str) -> int | None:
    """Return the value of a numeral: digits, Chinese, Roman (upper case) or one enclosed character; else None."""
    if text.isascii() and text.isdigit():
        return int(text)
    if len(text) == 1 and any(text in row for row in _SINGLE):
        return int(unicodedata.numeric(text))
    if text and all(character in HAN_NUMERALS for character in text):
        return _read_han(text)
    return _read_roman(text)


def read_letter(text: str) -> int | None:
    """Return the place of one capital letter in the alphabet, from 1, or None."""
    return ord(text) - ord("A") + 1 if len(text) == 1 and "A" <= text <= "Z" else None


def write_han(value: int) -> str:
    """Write 0 to 999 in Chinese: 〇, 十二, 二十, 一百零五."""
    hundreds, below = divmod(value, 100)
    tens, ones = divmod(below, 10)
    if not value:
        return HAN_DIGITS[0]
    text = f"{HAN_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{HAN_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (HAN_DIGITS[ones] if ones else "")


def write_roman(value: int) -> str:
    """Write a positive number in Roman capitals."""
    text = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        text += letters * count
    return text


def write_letter(value: int) -> str:
    """Write a positive number as A … Z, AA, AB …, as appendices are counted."""
    text = ""
    while value > 0:
        value, place = divmod(value - 1, 26)
        text = chr(ord("A") + place) + text
    return text


def write_like(sample: str, value: int, *, lettered: bool = False) -> str:
    """Write `value` in the kind of numeral that `sample` is; in digits where that kind has no such number."""
    if sample.isascii() and sample.isdigit():
        return str(value).zfill(len(sample) if sample.startswith("0") else 0)
    for row in _SINGLE:
        if sample in row:
            return row[value - 1] if 1 <= value <= len(row) else str(value)
    if sample[0] in HAN_NUMERALS:
        return write_han(value)
    if value < 1:
        return str(value)
    return write_letter(value) if lettered else write_roman(value)


def _read_han(text: str) -> int | None:
    digits = text.translate({ord(han): str(value) for value, han in enumerate(HAN_DIGITS)} | {0x96F6: "0", 0x4E24: "2"})
    if digits.isdigit():
        # 二〇 and 一〇一 count by place; 一二 is two numbers side by side, and four digits are a year.
        by_place = len(digits) == 1 or ("0" in digits and digits[0] != "0" and len(digits) <= 3)
        return int(digits) if by_place else None
    groups = _HAN_GROUPS.fullmatch(digits)
    if groups is None or (groups["hundreds"] and groups["one"] and not groups["zero"]):
        return None  # 一百一 is said for 110, never typed for 101
    tens = int(groups["tens"] or 1) if groups["ten"] else 0
    return int(groups["hundreds"] or 0) * 100 + tens * 10 + int(groups["ones"] or groups["one"] or 0)


def _read_roman(text: str) -> int | None:
    value, rest = 0, text
    for worth, letters in _ROMAN:
        while rest.startswith(letters):
            value, rest = value + worth, rest.removeprefix(letters)
    # Only the usual spelling counts: IIII and IC are words or slips, not numbers.
    return value if value and not rest and write_roman(value) == text else None

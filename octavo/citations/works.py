"""What a bibliography holds: works, each as CSL-JSON has it, with its key, its language and its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from octavo.diagnostics import Position

# https://docs.citationstyles.org/en/stable/specification.html#standard-variables
Variables: TypeAlias = dict[str, Any]

_SCRIPTS = (
    ("ja-JP", re.compile(r"[\u3040-\u30ff]")),
    ("ko-KR", re.compile(r"[\uac00-\ud7af]")),
    ("zh-CN", re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")),
    ("ru-RU", re.compile(r"[\u0400-\u04ff]")),
)
_WRITTEN = ("title", "container-title", "publisher")


@dataclass(frozen=True, slots=True)
class Work:
    """Hold one work; `language` is that in which it is written, as a BCP 47 tag, or empty where nothing tells."""

    key: str
    variables: Variables
    language: str
    position: Position


Works: TypeAlias = Mapping[str, Work]


def language_of(variables: Variables) -> str:
    """Return the language of a work: the stated one, else that of the script of its title or its first author."""
    if stated := tag_of(str(variables.get("language") or "")):
        return stated
    texts = [str(variables.get(name) or "") for name in _WRITTEN]
    texts[1:1] = [str(name.get("family") or name.get("literal") or "") for name in variables.get("author", ())[:1]]
    return next((tag for text in texts if text for tag, script in _SCRIPTS if script.search(text)), "")


# The names of languages that babel and biblatex have, and what authors of bibliographies write.
_NAMES = {
    "english": "en-US", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "chinese": "zh-CN", "schinese": "zh-CN", "tchinese": "zh-TW", "中文": "zh-CN", "汉语": "zh-CN",
    "german": "de-DE", "ngerman": "de-DE", "austrian": "de-AT", "french": "fr-FR", "spanish": "es-ES",
    "italian": "it-IT", "dutch": "nl-NL", "portuguese": "pt-PT", "brazilian": "pt-BR", "russian": "ru-RU",
    "japanese": "ja-JP", "korean": "ko-KR", "英文": "en-US", "日文": "ja-JP",
}  # fmt: skip
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def tag_of(stated: str) -> str:
    """Return the BCP 47 tag that the name of a language stands for, or nothing where it is none."""
    name = stated.strip()
    if found := _NAMES.get(name.lower()):
        return found
    return name.replace("_", "-") if _TAG.fullmatch(name) else ""


_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·・]+")


def settle_name(name: Mapping[str, Any]) -> dict[str, Any]:
    """Return a name as it is printed: a Chinese one is one word, whose family name never stands alone."""
    family, given = str(name.get("family") or ""), str(name.get("given") or "")
    if family and given and _HAN_NAME.fullmatch(family) and _HAN_NAME.fullmatch(given):
        return {"family": family + given}
    return dict(name)

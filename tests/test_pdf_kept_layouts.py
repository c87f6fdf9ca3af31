"""What is kept between the layout and the drawing of a line makes the drawing faster, and no other."""

from __future__ import annotations

import pytest
from printed import printed

from octavo.pdf.lines import layout

pytestmark = pytest.mark.canary

_BODY = (
    '<p lang="zh-CN">他说：“天地玄黄。”（宇宙洪荒，）<strong>日月盈昃</strong>，辰宿 OpenType 列张'
    "<u>寒来暑往</u>，秋收冬藏。</p>"
    "<p>A <em>rope</em> is as strong as the <u>hand that made it</u>, “and the hand” as the head above it.</p>" * 3
)
_STYLE = (
    "@page { size: 200px 160px; margin: 10px } p { text-align: justify; hyphens: auto; font: 10px 'Noto Serif CJK SC' }"
    " strong { letter-spacing: 1px; font-feature-settings: 'halt' }"
)


@pytest.mark.parametrize(("name", "few"), [("_KEPT", 0), ("_KEPT", 3), ("_MODELS", 1)])
def test_pages_are_the_same_where_little_is_kept(name: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = printed(_BODY, _STYLE)
    monkeypatch.setattr(layout, name, few)
    assert printed(_BODY, _STYLE) == kept

"""Sixty works and more, Chinese and English, in six styles, held against golden files and the standards' own examples.

`golden/<style>.txt` has a line for each citation and each entry, in the order of the list; `*` stands around italics,
`^` around what is raised.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from octavo.citations.bibtex import read_bibtex
from octavo.citations.positions import Cite, Cluster
from octavo.citations.process import Set, can_cite, set_citations
from octavo.citations.styles import known_styles, shipped_style
from octavo.citations.works import Works
from octavo.diagnostics import Report

pytestmark = pytest.mark.skipif(not can_cite(), reason="what citations are set with was not fetched")

HERE = Path(__file__).parent / "citations"
STYLES = {
    "gb-t-7714-2025-numeric": "zh-CN",
    "gb-t-7714-2025-author-date": "zh-CN",
    "gb-t-7714-2015-numeric": "zh-CN",
    "gb-t-7714-2015-author-date": "zh-CN",
    "apa": "en",
    "chicago-author-date": "en",
    "chicago-notes": "en",
    "ieee": "en",
}
# Cited together, and in a sentence.
TOGETHER = (
    ("zhang2002", "cao2011", "chen2000"),
    ("yu2012", "desmarais1992"),
    ("zhou2019a", "zhou2019b", "knuth1984a"),
    ("miller2018a", "miller2018b"),
)
MARKS = {"i": "*", "em": "*", "b": "**", "sup": "^", "sub": "~"}


@cache
def works() -> Works:
    report = Report()
    found = {work.key: work for work in read_bibtex((HERE / "works.bib").read_text("utf-8"), "works.bib", report)}
    assert [str(said) for said in report] == []
    return found


@cache
def made(style: str) -> Set:
    """Return each work cited alone, some together, and some in a sentence, in the order of the file."""
    clusters = [Cluster((Cite(key),)) for key in works()]
    clusters += [Cluster(tuple(Cite(key) for key in keys)) for keys in TOGETHER]
    clusters += [Cluster((Cite(key, "12", "page"),), "sentence") for keys in TOGETHER for key in keys[:1]]
    return set_citations(shipped_style(style, None), STYLES[style], works(), clusters, ())


def plain(markup: str) -> str:
    """Return markup as text, with signs for italics and what is raised."""
    markup = re.sub(r"<margin>(.*?)</margin>", r"\1 ", markup)
    for tag, mark in MARKS.items():
        markup = re.sub(f"</?{tag}>", mark, markup)
    return unescape(re.sub(r"<[^>]*>", "", markup)).strip()


def entries(style: str) -> dict[str, str]:
    """Return the entries by key, without their numbers."""
    return {key: plain(re.sub("<margin>.*?</margin>", "", text)) for key, text in made(style).entries.items()}


def test_the_works_are_enough() -> None:
    chinese = [work for work in works().values() if work.language == "zh-CN"]
    assert len(works()) >= 60
    assert len(chinese) >= 30
    assert len(works()) - len(chinese) >= 28


@pytest.mark.parametrize("style", STYLES)
def test_a_style_sets_all_works(style: str, update_golden: bool) -> None:
    words = [f"{plain(found.author)} {plain(found.text)}".strip() for found in made(style).words]
    listed = [plain(text) for text in made(style).entries.values()]
    said = "\n".join([*words, "", *listed, ""])
    path = HERE / "golden" / f"{style}.txt"
    if update_golden:
        path.write_text(said, "utf-8")
    assert said == path.read_text("utf-8"), "read it, then: pytest --update-golden"


# The standards' own examples, as they print them: of GB/T 7714 those of both editions, of the manuals those that their
# publishers show.
EXAMPLES = {
    "gb-t-7714-2025-numeric": {
        "zhang2002": "张伯伟. 全唐五代诗格汇考[M]. 南京：江苏古籍出版社，2002：288.",
        "feng2008": "冯友兰. 冯友兰自选集[M]. 2 版. 北京：首都师范大学出版社，2008：第1版自序.",
        "ljungqvist2010": "扬奎斯特，萨金特. 递归宏观经济理论[M]. 杨斌，王忠玉，陈彦斌，等，译. 2 版. "
        "北京：中国人民大学出版社，2010：798.",
        "cheng1999": "程根伟. 1998年长江洪水的成因与减灾对策[M]//许厚泽，赵其国. 长江流域洪涝灾害与科技对策. "
        "北京：科学出版社，1999：32-36.",
        "yang2013": "杨洪升. 四库馆私家抄校书考略[J]. 文献，2013（1）：56-75.",
        "ding2000": "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）.",
        "wangq2022": "王琦. 融合星载GNSS-R和SAR数据的高时空分辨率土壤湿度反演方法研究[D]. 武汉：武汉大学，2022：87.",
        "deng2008": "邓一刚. 全智能节电器：CN200610171314.3[P]. 2008-01-16：8-9.",
        "luxun2021": "北京鲁迅博物馆. 北京鲁迅博物馆志愿服务章程[EB/OL]. （2021-04-21）[2023-05-02]. "
        "http://www.luxunmuseum.com.cn/html/202104/a11310.htm.",
        "desmarais1992": "Des Marais D J，Strauss H，Summons R E，et al. Carbon isotope evidence for the stepwise "
        "oxidation of the Proterozoic environment[J]. Nature，1992，359：605-609.",
        "peebles2001": "Peebles P Z Jr. Probability, random variable, and random signal principles[M]. 4th ed. "
        "New York：McGraw-Hill，2001.",
    },
    "gb-t-7714-2015-numeric": {
        "zhang2002": "张伯伟. 全唐五代诗格汇考[M]. 南京: 江苏古籍出版社, 2002: 288.",
        "yang2013": "杨洪升. 四库馆私家抄校书考略[J]. 文献, 2013(1): 56-75.",
        "ding2000": "丁文详. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15).",
        "caplan1993": "CAPLAN P. Cataloging internet resources[J]. The Public-Access Computer Systems Review, "
        "1993, 4(2): 61-66.",
    },
    "apa": {
        "grady2019": "Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A "
        "comparison of storybooks that represent ethnic and racial groups in the United States. *Psychology of Popular "
        "Media Culture*, *8*(3), 207–217. https://doi.org/10.1037/ppm0000185",
        "jackson2019": "Jackson, L. M. (2019). *The psychology of prejudice: From attitudes to social action* (2nd "
        "ed.). American Psychological Association. https://doi.org/10.1037/0000168-000",
        "sapolsky2017": "Sapolsky, R. M. (2017). *Behave: The biology of humans at our best and worst*. Penguin Books.",
        "aron2019": "Aron, L., Botella, M., & Lubart, T. (2019). Culinary arts: Talent and their development. In R. F. "
        "Subotnik, P. Olszewski-Kubilius, & F. C. Worrell (Eds.), *The psychology of high performance: Developing "
        "human potential into domain-specific talent* (pp. 345–359). American Psychological Association. "
        "https://doi.org/10.1037/0000120-016",
    },
    "chicago-author-date": {
        "yu2020": "Yu, Charles. 2020. *Interior Chinatown*. Pantheon Books.",
        "kwon2022": "Kwon, Hyeyoung. 2022. “Inclusion Work: Children of Immigrants Claiming Membership in Everyday "
        "Life.” *American Journal of Sociology* 127 (6): 1818–59. https://doi.org/10.1086/720277.",
        "dittmar2023": "Dittmar, Emily L., and Douglas W. Schemske. 2023. “Temporal Variation in Selection Influences "
        "Microgeographic Local Adaptation.” *American Naturalist* 202 (4): 471–85. https://doi.org/10.1086/725865.",
    },
    "chicago-notes": {
        "yu2020": "Yu, Charles. *Interior Chinatown*. Pantheon Books, 2020.",
        "kwon2022": "Kwon, Hyeyoung. “Inclusion Work: Children of Immigrants Claiming Membership in Everyday Life.” "
        "*American Journal of Sociology* 127, no. 6 (2022): 1818–59. https://doi.org/10.1086/720277.",
    },
    "ieee": {
        "klaus1986": "B. Klaus and P. Horn, *Robot Vision*. Cambridge, MA, USA: MIT Press, 1986.",
        "wigner1965": "E. P. Wigner, “Theory of traveling-wave optical laser,” *Phys. Rev.*, vol. 134, pp. A635–A646, "
        "Dec. 1965.",
    },
}
# What a standard has otherwise, and why it is so here.
DIFFERENT = {
    ("ieee", "stein1994"): (
        "L. Stein, “Random patterns,” in *Computers and You*, J. S. Brake, Ed. New York, NY, USA: Wiley, 1994, "
        "pp. 55–70.",
        "the style of others has a comma behind “Ed.”",
    ),
}


@pytest.mark.parametrize("style", EXAMPLES)
def test_the_examples_of_the_standards_come_out(style: str) -> None:
    made_here = entries(style)
    assert {key: made_here[key] for key in EXAMPLES[style]} == EXAMPLES[style]


def test_what_differs_still_differs() -> None:
    assert [place for place, (wanted, _) in DIFFERENT.items() if entries(place[0])[place[1]] == wanted] == []


def test_every_style_that_comes_along_can_be_read() -> None:
    assert {"apa", "ieee", "chicago-notes", *STYLES} <= set(known_styles())
    for name in known_styles():
        assert shipped_style(name, None).xml

"""Measure what a megabyte of Markdown costs until its tree is as meant: parsed and normalised.

`make bench`, or `python bench/bench_parse.py [--sizes MB …] [--runs N]`. Books of each size are made of the same
pieces, Chinese and English, with everything that authors may write: as chapters of some 60 kB, and as one file. Each
run is a fresh process on one processor. The table gives the fastest run in seconds of that processor a megabyte, and
what a megabyte of the largest book costs for one of the smallest: 1 where the cost is linear, less where the time that
the libraries take to load is a part of it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from octavo.diagnostics import Report
from octavo.recipe import Timings, prepare
from octavo.store import without_store

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000
SIZES = (0.1, 1.0, 3.0, 10.0)
CHAPTER = 60_000
STAGES = ("parse", "normalise")

_DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><path d="M0 60q40-20 80 0t80 0v30H0z"/></svg>
"""
_SETTINGS = """\
[book]
title = "A book to measure 量一量"
authors = ["Nobody"]
language = "en"
date = 2026-01-01
kind = "book"

[limits]
file = "64 MB"
"""
# {n} counts these through the book and {before} is an earlier one; {c} counts chapters, {s} sections. Prose stands
# between what has markup as in a manual: 52,000 nodes a megabyte; books that were looked at had 25,000 to 54,000.
_PIECES = (
    """\
## {c}.{s} The harbour at low water, {n} {{#sec-{n}}}

The bay is in @fig-{n}, its depths in [@tbl-{n}], and the number alone is [-@fig-{n}]; several at once: [see
@sec-{n}, near the top; @thm-{n}]. A *tide* waits for **nobody**, `high(water)` or ~~low~~: H~2~O, 10 km^2^, and
[links](https://example.org/{n} "a title") or [other places](#sec-{before}), Section {c}.{s} among them.[^tide-{n}]
Write to harbour@example.org; on a [Wednesday]{{lang=en}} see <https://example.org/quay/{n}>, and an aside.^[Told in
place, with *words*.]

[^tide-{n}]: The tide tables of the year, with `code` and a second line.

    They have another paragraph, of some words and of no account.

![The bay at low water](bay.svg){{#fig-{n} width=60% alt="A bay that opens to the south"}}

| Place | Depth | Remark |
|:------|------:|:------:|
| Bar   | 2 m   | *dries* at springs |
| Quay  | 7 m   | `soft` mud, [see](#sec-{n}) |
| Roads | 11 m  | good holding |

: Depths at *low* water {{#tbl-{n}}}

""",
    """\
### Mooring, and what else there is to know of it

A harbour is a place where the land gives way to the water without a quarrel, and whoever comes to it from the sea has
to learn how the two have settled the matter: where the sand lies, how far the rock reaches, and what the river has
brought down since the last chart was drawn. *Nothing of this can be seen from the deck.* The water is as grey over two
fathoms as it is over ten, and the pilot who has known the place for thirty years will still send a hand forward with
the lead, because he remembers the one morning when the bank was not where it had been the evening before. So the first
rule is to go slowly, and the second is to go slowly when one believes to know the place.

The ropes are made ready before they are wanted. Each is laid out in bights on the deck that it will leave, clear of
those that stay, with its end through the fairlead and back over the rail: a rope that is thrown from inside the rail
brings the rail along, or stays where it is, and both are remembered ashore for years. See [the table](#tbl-{n}) for
what length is wanted at which height of the tide; `length = 3 * rise` is a rule of thumb, and no more than that. Where
the quay is higher than the deck, the spring is made fast first, the engine turns slowly ahead, and the boat comes
alongside by herself and stays there, as long as nobody tells her to do otherwise. That is all there is to it; the rest
is practice, patience, and the good will of whoever takes the line.

::: {{.callout-tip #tip-{n} title="Mind the tide"}}
It waits for nobody. This is @tip-{n}.

- by day, in sight of land
  - with a rope
  - or two of them
- by night
:::

::: {{#thm-{n} .theorem title="Of two tides"}}
What rises falls, by @sec-{n} or without it.
:::

> [!WARNING]
> A quotation that warns, of two lines
> and with @thm-{n}.

```python {{#lst-{n} caption="Hours of *high* water" lines=2-3 numbers}}
def hours(day: int) -> list[int]:
    '''Return when the water is high.'''
    return [hour for hour in range(24) if (hour + day) % 12 == 0]
```

1. Throw a line, and wait until somebody takes it.
2. Make it fast:

   ```console
   $ moor --stern quay-{n}
   ```

- [x] engine off
- [ ] kettle on

Bowline
: A knot that holds, and that can be untied.

""",
    """\
<div align="center">
  <img src="bay.svg" alt="The bay" width="120">
</div>

Press <kbd>Ctrl</kbd>+<kbd>B</kbd> for the bowline<sup>1</sup>; <abbr title="Safety of Life at Sea">SOLAS</abbr> and
<mark>rules</mark>, <a href="#sec-{n}">above</a>.<br>A long<code>&lt;rope&gt;</code> of words.

<details>
<summary><strong>How</strong> it is tied</summary>

1. Make a loop.
2. Go through it.

</details>

What a knot is worth shows when it is wet, and when it has held through a night in which nobody slept. There are knots
that look well and slip, and others that look like a mistake and have to be cut; the bowline is neither. It is tied in
one movement by whoever has tied it a thousand times, in the dark, with cold hands, behind the back if need be, and it
comes undone as easily when the strain is off. **That is the whole secret of it:** a loop, a way through, a way around
and a way back. The clove hitch is quicker, and will do for an hour in fair weather; the round turn with two half
hitches is slower, and will do for the winter. Everything else in the books of knots is for the evenings. What matters
on deck is that all hands tie the same few knots in the same way, so that each can undo in haste what another has made
at leisure, and that no rope is ever left with its end in the water, where the screw will find it.

<table>
  <tr><th>Knot</th><th>Holds</th></tr>
  <tr><td>Bowline</td><td>75&nbsp;%</td></tr>
</table>

""",
    """\
## 潮水与码头之{n} {{#sec-zh-{n}}}

本节说明怎样看潮水，见@fig-zh-{n}所示，参看[@tbl-zh-{n}]，也可以只要编号：第 [-@fig-zh-{n}] 号图。**注意：
**各章之间一样能连，
*随手写的*文字、`代码`、[链接](https://example.org/{n})、[上一处](#sec-{before})，以及第 {c} 章、
{c}.{s} 节和 §{c}.{s}。换行之前是汉字，
换行之后也是汉字，中间没有空格。[^潮-{n}]《航海书》第三章不是本书的，第三方与图纸也不是；水是 H~2~O。

[^潮-{n}]: 潮汐表逐年刊行，**不可**用去年的。

港口是陆地向海水让步的地方，从海上来的人要先弄明白两者是怎样相处的：沙洲在哪里，礁石伸出多远，
河水在上一张海图画成之后又带下来多少泥沙。这些在甲板上是看不见的。
两寻深的水和十寻深的水一样灰，在这里走了三十年的引水人，照样会派一个水手到船头去测深，因为他记得有一天早晨，
沙洲已经不在前一天傍晚的那个地方了。所以第一条规矩是慢，
第二条规矩是：自以为熟悉的时候，还是慢。缆绳要在用到之前就准备好，一圈一圈地盘在它将要离开的那一舷，
和别的缆绳分开，绳头穿过导缆孔，再从栏杆外面绕回来。*从栏杆里面抛出去的缆，不是带走栏杆，就是留在原处*，
岸上的人会记得很多年。码头比甲板高的时候，先系倒缆，主机慢慢向前，船自己会靠过来，并且一直靠着，
只要没有人叫它走开。道理就是这些，剩下的是练习、耐心，还有岸上接缆人的一番好意。

![低潮时的海湾](bay.svg){{#fig-zh-{n} width=40% alt="一个向南的海湾"}}

| 地点 | 水深 | 备注 |
|:-----|-----:|:----:|
| 沙洲 | 二米 | *大潮*时露出 |
| 码头 | 七米 | 淤泥，[见](#sec-zh-{n}) |

: 几处的*水深* {{#tbl-zh-{n}}}

船上的规矩多半是用教训换来的，写下来却只有几句话：手不离绳，脚不踩圈，眼睛看着受力的那一根。年轻的水手听了点头，
转身就忘，直到有一天缆绳从脚边窜出去，才知道这几句话是替谁写的。
夜里进港要看灯：红的在左，绿的在右，白的在岸上。灯与灯之间是航道，航道之外是别人的地方。雾里什么灯也没有，就听：
钟在礁石上，哨在浮标上，狗在码头上。船慢慢地走，声音慢慢地近，
等到闻见柴火和鱼的气味，就差不多到了。*那时候再抛缆也不迟。* 早抛的缆落在水里，湿了，重了，第二次就抛不远；
晚抛的缆还在手里，总还有一次机会。老船长说，港口不会跑，跑的是船。
这句话年年有人记，年年有人忘，所以年年都要写在第一页上，字写得大一些，好让翻书的人看见。潮水退下去的时候，
码头露出一截一截的青苔，那是它记下来的数目，比书上的准。

1. 抛缆，等人接住；
2. 系牢，再看一遍：

   - 船头一根，
   - 船尾一根。

> 潮水不等人。
> 古人这样说，今人也这样说。

""",
)


class ProcessorTimings(Timings):
    """Count the time of the processor: what others do on this machine is no cost of ours."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        start = process_time()
        yield
        self.seconds[name] = process_time() - start


def main() -> None:
    """Measure and print; or, with --one, measure one book in this process."""
    parser = argparse.ArgumentParser(description="Measure what parsing and normalising cost.")
    parser.add_argument("--sizes", nargs="+", type=float, default=SIZES, metavar="MB")
    parser.add_argument("--runs", type=int, default=1, metavar="N")
    parser.add_argument("--one", type=Path, metavar="BOOK", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(stages_of(options.one)))
        return
    print(f"Python {platform.python_version()}, one processor, the fastest of {options.runs}, in seconds a megabyte\n")
    for name, chapter in (("chapters", CHAPTER), ("one file", sys.maxsize)):
        print_costs(name, chapter, options.sizes, options.runs)


def print_costs(name: str, chapter: int, sizes: Sequence[float], runs: int) -> None:
    """Print a line for each size of book, and how much dearer a megabyte is in the last one than in the first."""
    print(f"{name:<12}{'parse':>8}{'normalise':>11}{'both':>8}")
    costs: list[float] = []
    for size in sizes:
        with TemporaryDirectory(prefix="octavo-bench-") as folder:
            megabytes = write_book(Path(folder), round(size * MEGABYTE), chapter) / MEGABYTE
            best = min((measure(Path(folder)) for _ in range(runs)), key=lambda found: sum(found.values()))
        parse, normalise = (best[stage] / megabytes for stage in STAGES)
        costs.append(parse + normalise)
        print(f"{megabytes:>8.2f} MB {parse:>8.3f}{normalise:>11.3f}{costs[-1]:>8.3f}", flush=True)
    print(f"the largest for the smallest: {costs[-1] / costs[0]:.2f}\n")


def write_book(folder: Path, size: int, chapter: int) -> int:
    """Write a book of `size` bytes in files of some `chapter` bytes; return how many bytes it has."""
    (folder / "octavo.toml").write_text(_SETTINGS, "utf-8")
    (folder / "bay.svg").write_text(_DRAWING, "utf-8")
    pieces, written = count(1), 0
    for number in count(1):
        text = "".join(_chapter(number, min(chapter, size - written), pieces))
        (folder / f"{number:04}.md").write_text(text, "utf-8")
        written += len(text.encode())
        if written >= size:
            return written
    raise AssertionError("never reached")


def _chapter(number: int, size: int, pieces: Iterator[int]) -> Iterator[str]:
    heading = f"# {number}. Of water and land, part {number} {{#sec-chapter-{number}}}\n\n"
    yield heading
    size -= len(heading)
    for section in count(1):
        n = next(pieces)
        text = "".join(_PIECES).format(n=n, before=max(n - 7, 1), c=number, s=section)
        yield text
        size -= len(text.encode())
        if size <= 0:
            return


def measure(book: Path) -> dict[str, float]:
    """Return how long each stage took in a fresh process, in seconds."""
    command = [sys.executable, __file__, "--one", str(book)]
    with without_store():
        run = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, encoding="utf-8")
    found: dict[str, float] = json.loads(run.stdout)
    return found


def stages_of(book: Path) -> dict[str, float]:
    """Return how long each stage takes in this process, on one processor. Raises SystemExit where the book is wrong."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    report, timings = Report(), ProcessorTimings()
    if prepare(book, report, timings) is None:
        sys.exit("\n".join(f"{found.position}: {found.message}" for found in report))
    return {stage: timings.seconds[stage] for stage in STAGES}


if __name__ == "__main__":
    main()

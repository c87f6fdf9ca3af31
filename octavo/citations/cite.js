// Citations and bibliographies by citeproc-js: a style, works and citations in, markup out.
//
// citeproc-js writes in one language. So every language in which a work is cited has a processor of its own, and each
// work is taken from the one of its language. All share what the first one found out: the numbers of works, and what
// tells those apart that read alike. What makes citeproc-js quicker is in quicker.js, traces.js, idle.js and
// foreseen.js, which are loaded before.

"use strict";

// The markup that octavo/citations/markup.py reads.
CSL.Output.Formats.octavo = Object.assign(Object.create(CSL.Output.Formats.html), {
  bibstart: "",
  bibend: "",
  "@font-variant/small-caps": "<small-caps>%%STRING%%</small-caps>",
  "@font-style/normal": "<normal>%%STRING%%</normal>",
  "@font-weight/normal": "%%STRING%%",
  "@font-variant/normal": "%%STRING%%",
  "@text-decoration/none": "%%STRING%%",
  "@text-decoration/underline": "<u>%%STRING%%</u>",
  "@vertical-align/baseline": "%%STRING%%",
  "@bibliography/entry": (state, text) => text,
  "@display/block": (state, text) => `<block>${text}</block>`,
  "@display/left-margin": (state, text) => `<margin>${text}</margin>`,
  "@display/right-inline": (state, text) => text,
  "@display/indent": (state, text) => `<block>${text}</block>`,
});
const escape = CSL.Output.Formats.octavo.text_escape;
const ESCAPED = new RegExp(`[&<>]|\\s\\s|${CSL.SUPERSCRIPTS_REGEXP.source}`);
CSL.Output.Formats.octavo.text_escape = (text) => (text && !ESCAPED.test(text) ? text : escape(text));

function processor(style, language, locales, works) {
  const engine = new CSL.Engine(
    {
      retrieveLocale: (name) => locales[name] || locales["en-US"],
      retrieveItem: (id) => works[id],
      wrapCitationEntry: (text, id) => `<cite data-key="${id}">${text}</cite>`,
    },
    style,
    language,
    true,
  );
  engine.setOutputFormat("octavo");
  engine.opt.development_extensions.wrap_url_and_doi = true;
  engine.opt.development_extensions.apply_citation_wrapper = true;
  return engine;
}

const CITE = /<cite data-key="([^"]*)">([\s\S]*?)<\/cite>/g;

// A number for a place in a work, and what would follow where a style wrote it as a word: an ordinal number ends by its value.
const SOME_PLACE = "73914";
const IN_A_WORD = /^[-–.]?(?!\p{Script=Han})\p{L}/u;

// What no style can say in Chinese, for the words stand in the order of English: 章 3 is 第3章, 四月 21 is 4月21日.
const PARTS = /(?<=^|[,，;(（>:：] ?)(页|章|节|卷|期|行|段落|栏|册|部分) (\d+(?:[～–-]\d+)?)/g;
const DAYS = /(十[一二]?|[一二三四五六七八九])月 (\d{1,2})(?!\d)/g;
const MONTHS = ["", ..."一二三四五六七八九十", "十一", "十二"];

function turned(text) {
  return text
    .replace(PARTS, "第$2$1")
    .replace(DAYS, (whole, month, day) => `${MONTHS.indexOf(month)}月${day}日`)
    .replace(/(\d{1,2}月) (\d{4})(?!\d)/g, "$2年$1")
    .replace(/, 和(?=[\u3400-\u9fff])/g, "和");
}

// Works in Chinese are sorted by their sounds, whatever the language of the list, and stand before those in Latin
// letters where it is Chinese, behind them elsewhere. `sounds` tells how names are read whose surname has a sound of its own.
function sorter(language, sounds) {
  const compare = sorterOfTexts(language);
  const names = Object.keys(sounds);
  if (names.length === 0) {
    return compare;
  }
  const named = new RegExp(names.sort((one, other) => other.length - one.length).join("|"), "g");
  const read = (text) => text.replace(named, (name) => sounds[name]);
  return (one, other) => compare(read(one), read(other));
}

function sorterOfTexts(language) {
  const options = {sensitivity: "base", ignorePunctuation: true, numeric: true};
  const own = new Intl.Collator(language, options);
  if (/^(zh|ja|ko)/.test(language)) {
    return own.compare;
  }
  const chinese = new Intl.Collator("zh-CN", options);
  const isHan = (text) => /^\p{P}*\p{Script=Han}/u.test(text);
  return (one, other) => {
    const han = [isHan(one), isHan(other)];
    return han[0] !== han[1] ? han[0] - han[1] : (han[0] ? chinese : own).compare(one, other);
  };
}

// One language: its processor for the style, another for names in a sentence, and what they have rendered before.
class Writer {
  constructor(request, language, works, first) {
    this.engine = processor(request.style, language, request.locales, works);
    if (first) {
      this.engine.registry = first.engine.registry;
    } else {
      this.engine.updateItems(request.works.map((work) => work.id));
    }
    this.language = language;
    this.namer = () => processor(request.names, language, request.locales, works);
    this.names = request.kind === "author-date" || request.kind === "author";
    this.known = new Map();
    this.singles = new Map();
    this.authors = new Map();
    this.polished = language.startsWith("zh") ? turned : (text) => text;
  }

  // Return a cluster as the style has it, each of its works in an element that bears its key.
  cluster(cites) {
    const key = JSON.stringify(cites);
    if (!this.known.has(key)) {
      this.known.set(key, this.polished(this.affixed(this.bare(cites))));
    }
    return this.known.get(key);
  }

  // Return a cluster without what stands around it.
  bare(cites) {
    const apart = cites.length > 1 ? this.apart(cites, () => this) : [this.single(cites[0])];
    return apart ? this.joined(apart.map((single) => single.text)) : this.engine.makeCitationCluster(cites);
  }

  // Return the works of a cluster in their order, each set for itself, or nothing where the style may draw some of them
  // together. A book that cites 300 works 2,000 times holds few that it has not set before.
  apart(cites, writerOf) {
    const {collapse, layout_decorations: raised = [], ...options} = this.engine.citation.opt;
    const sorts = this.engine.citation_sort.tokens.length > 0;
    if (this.engine.tmp.cite_affixes.citation) {
      return undefined; // what stands between works depends on their languages
    }
    if (collapse.length + raised.length === 0 && !sorts) {
      return cites.map((cite) => writerOf(cite).single(cite));
    }
    const ofSameAuthors = collapse === "year" && options["after-collapse-delimiter"] === undefined;
    if (!ofSameAuthors || raised.length || cites.some((cite) => cite.prefix || cite.suffix)) {
      return undefined;
    }
    const singles = new Map(cites.map((cite) => [cite, writerOf(cite).single(cite)]));
    const names = [...singles.values()].map((single) => [...single.names]);
    const alone = names.every((own) => own.length > 0) && new Set(names.flat()).size === names.flat().length;
    return alone ? (sorts ? sortedInCitation(this.engine, cites) : cites).map((cite) => singles.get(cite)) : undefined;
  }

  joined(texts) {
    return texts.join(this.engine.citation.opt.layout_delimiter || "");
  }

  // Return a work that is cited alone, with the names in it that the style tells works of the same authors by.
  single(cite) {
    const key = JSON.stringify(cite);
    if (!this.singles.has(key)) {
      this.singles.set(key, this.elsewhere(cite) || this.rendered(cite));
    }
    return this.singles.get(key);
  }

  rendered(cite) {
    this.engine.tmp.namesSeen = new Set();
    const text = this.engine.makeCitationCluster([cite]);
    return {text: text, polished: this.polished(text), names: this.engine.tmp.namesSeen};
  }

  // Return a work that is cited at one page or the like as it is cited at another one, with the other number: or nothing
  // where that number cannot be told in the text.
  elsewhere(cite) {
    if (!/^[1-9]\d{0,3}$/.test(cite.locator)) {
      return undefined;
    }
    const same = {...cite, locator: SOME_PLACE};
    const key = JSON.stringify(same);
    if (!this.singles.has(key)) {
      this.singles.set(key, this.rendered(same));
    }
    const {text, names} = this.singles.get(key);
    const parts = text.split(SOME_PLACE);
    if (parts.length !== 2 || IN_A_WORD.test(parts[1])) {
      return undefined;
    }
    const moved = parts.join(cite.locator);
    return {text: moved, polished: this.polished(moved), names: names};
  }

  // What stands around a whole cluster is left out by citeproc-js where works are marked.
  affixed(text) {
    const {layout_prefix: before = "", layout_suffix: behind = ""} = this.engine.citation.opt;
    const [, opened, inside, closed] = text.match(/^((?:<(?:sup|sub|i|b)>)*)([\s\S]*?)((?:<\/(?:sup|sub|i|b)>)*)$/);
    const raised = /^<su[bp]>/.test(opened) && this.engine.citation.opt.layout_decorations;
    const last = text.replace(/<[^>]*>/g, "").slice(-1);
    const end = behind && ".?!".includes(last) && behind[0] === "." ? behind.slice(1) : behind;
    if (raised) {
      return opened + before + inside + end + closed;
    }
    const quoted = /^[.,]/.test(end) && this.engine.getOpt("punctuation-in-quote") && text.match(/(’?”)((?:<[^>]*>)*)$/);
    return before + (quoted ? text.slice(0, quoted.index) + end[0] + quoted[0] + end.slice(1) : text + end);
  }

  // Return those who made a work, as they are named in a sentence.
  author(id) {
    if (!this.authors.has(id)) {
      this.authors.set(id, this.makers(id));
    }
    return this.authors.get(id);
  }

  makers(id) {
    const cites = [{id: id, "author-only": true}];
    const found = this.names ? this.engine.makeCitationCluster(cites) : "";
    if (found && !found.includes("NO_PRINTED_FORM")) {
      return found;
    }
    this.inSentences = this.inSentences || this.namer();
    return this.inSentences.makeCitationCluster([{id: id}]).replace(CITE, "$2");
  }

  // Return the entries of the works in this language, each with its id.
  entries() {
    const list = this.engine.makeBibliography({include: [{field: "octavo-language", value: this.language}]});
    return list ? list[0].entry_ids.map((ids, index) => [ids[0], this.polished(list[1][index])]) : [];
  }

  number(id) {
    const known = this.engine.registry.registry[id];
    return known ? known.seq : 0;
  }
}

// What was made for the last request but its clusters: where the next one is about the same works, it is used again.
let made = {about: ""};

// Read the style, and put the works in order and render their list: all that needs no citation.
function prepare({clusters, ...request}) {
  const about = JSON.stringify(request);
  if (made.about === about) {
    return;
  }
  made = {about: ""}; // should this fail
  CSL.stringCompare = sorter(request.language, request.sounds);
  const works = {};
  for (const work of request.works) {
    works[work.id] = {...work, "octavo-language": request.languageOf[work.id]};
  }
  const main = new Writer(request, request.language, works);
  const writers = {[request.language]: main};
  for (const language of new Set(Object.values(request.languageOf))) {
    writers[language] = writers[language] || new Writer(request, language, works, main);
  }
  const entries = new Map(Object.values(writers).flatMap((writer) => writer.entries()));
  made = {about, main, writers, entries};
}

// Return the text of each cluster, each work in it in its own language, and the entries of the list in their order.
function cite(request) {
  prepare(request);
  const {main, writers, entries} = made;
  const byNumber = new Map(request.works.map((work) => [String(main.number(work.id)), work.id]));

  // Return the work that a number without a mark of its own stands for: its own number, or that of a note that has it.
  function workOf(number, cites) {
    return request.kind === "note" ? cites.length === 1 && cites[0].id : byNumber.get(number);
  }

  function inOwnLanguages(cites) {
    const others = {};
    const languages = new Set(cites.map((cite) => request.languageOf[cite.id]));
    const apart = languages.size > 1 ? main.apart(cites, (cite) => writers[request.languageOf[cite.id]]) : undefined;
    if (apart) {
      return main.affixed(main.joined(apart.map((single) => single.polished)));
    }
    const first = languages.size === 1 ? writers[[...languages][0]] : main;
    for (const language of languages.size === 1 ? [] : languages) {
      if (language !== request.language) {
        const own = cites.filter((cite) => request.languageOf[cite.id] === language);
        for (const [, key, text] of writers[language].cluster(own).matchAll(CITE)) {
          (others[key] = others[key] || []).push(text);
        }
      }
    }
    return first.cluster(cites).replace(CITE, (whole, key, text) => {
      const known = key !== "undefined" ? key : workOf(text.replace(/<[^>]*>/g, "").trim(), cites);
      const own = others[known] && others[known].length ? others[known].shift() : text;
      return known ? `<cite data-key="${known}">${own}</cite>` : own;
    });
  }

  const texts = request.clusters.map((cluster) => {
    if (cluster.form === "brackets") {
      return {text: inOwnLanguages(cluster.cites)};
    }
    const id = cluster.cites[0].id;
    const author = `<cite data-key="${id}">${writers[request.languageOf[id]].author(id)}</cite>`;
    return {author: author, text: cluster.form === "author" ? "" : inOwnLanguages(cluster.cites)};
  });
  const order = main.engine.registry.getSortedIds().filter((id) => entries.has(id));
  return {texts: texts, entries: order.map((id) => [id, entries.get(id)])};
}

// Citations and bibliographies by citeproc-js: a style, works and citations in, markup out.
//
// citeproc-js writes in one language. So every language in which a work is cited has a processor of its own, and each
// work is taken from the one of its language. All share what the first one found out: the numbers of works, and what
// tells those apart that read alike.

"use strict";

// A style names its macros hundreds of times, and citeproc-js looks each one up in the whole style.
const findNodes = CSL.XmlJSON.prototype.getNodesByName;
CSL.XmlJSON.prototype.getNodesByName = function (root, name, value, found) {
  if (name !== "macro" || !value || found) {
    return findNodes.call(this, root, name, value, found);
  }
  if (!root.macrosByName) {
    const byName = {};
    for (const macro of findNodes.call(this, root, "macro")) {
      (byName[macro.attrs.name] = byName[macro.attrs.name] || []).push(macro);
    }
    Object.defineProperty(root, "macrosByName", {value: byName});
  }
  return root.macrosByName[value] || [];
};

// It writes a macro out wherever a key to sort by names one, and those it names in turn: 100,000 steps for Chicago.
// Here each is written out once and run from there, as it does elsewhere itself.
const writeMacroOut = CSL.expandMacro;
CSL.expandMacro = function (named, target) {
  if (!this.build.extension) {
    return writeMacroOut.call(this, named, target);
  }
  const area = this[this.build.root + this.build.extension];
  const key = [named.postponed_macro, named.strings.sort_direction, this.build.current_default_locale].join("\n");
  area.macros = area.macros || {};
  if (!area.macros[key]) {
    const tokens = area.tokens;
    area.tokens = [];
    writeMacroOut.call(this, named, area.tokens);
    area.macros[key] = area.tokens;
    area.tokens = tokens;
    this.configureTokenList(area.macros[key]);
  }
  const run = new CSL.Token("text", CSL.SINGLETON);
  run.execs.push((state, item, cite) => {
    const steps = area.macros[key];
    for (let next = 0; next < steps.length; ) {
      next = CSL.tokenExec.call(state, steps[next], item, cite);
    }
  });
  target.push(run);
};

// The keys that a work is sorted by in a citation are its own, wherever it is cited.
const findSortKeys = CSL.getSortKeys;
CSL.getSortKeys = function (item, kind) {
  if (kind !== "citation_sort") {
    return findSortKeys.call(this, item, kind);
  }
  const known = (this.registry.sortKeys = this.registry.sortKeys || new Map());
  if (!known.has(item.id)) {
    known.set(item.id, findSortKeys.call(this, item, kind));
  }
  return known.get(item.id);
};

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
// letters where it is Chinese, behind them elsewhere.
function sorter(language) {
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

  // Tell whether the style neither sorts the works of a cluster nor draws them together. They are set one by one then: a
  // book that cites 300 works 2,000 times holds few that it has not set before.
  get joins() {
    const {collapse, layout_decorations: raised = []} = this.engine.citation.opt;
    return collapse.length + raised.length + this.engine.citation_sort.tokens.length === 0;
  }

  // Return a cluster without what stands around it.
  bare(cites) {
    if (cites.length === 1) {
      return this.single(cites[0]);
    }
    return this.joins ? this.joined(cites.map((cite) => this.single(cite))) : this.engine.makeCitationCluster(cites);
  }

  joined(singles) {
    return singles.join(this.engine.citation.opt.layout_delimiter || "");
  }

  single(cite) {
    const key = JSON.stringify(cite);
    if (!this.singles.has(key)) {
      this.singles.set(key, this.engine.makeCitationCluster([cite]));
    }
    return this.singles.get(key);
  }

  polishedSingle(cite) {
    return this.polished(this.single(cite));
  }

  // What stands around a whole cluster is left out by citeproc-js where works are marked.
  affixed(text) {
    const {layout_prefix: before = "", layout_suffix: behind = ""} = this.engine.citation.opt;
    const [, opened, inside, closed] = text.match(/^((?:<(?:sup|sub|i|b)>)*)([\s\S]*?)((?:<\/(?:sup|sub|i|b)>)*)$/);
    const raised = /^<su[bp]>/.test(opened) && this.engine.citation.opt.layout_decorations;
    const last = text.replace(/<[^>]*>/g, "").slice(-1);
    const end = behind && ".?!".includes(last) && behind[0] === "." ? behind.slice(1) : behind;
    return raised ? opened + before + inside + end + closed : before + text + end;
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

// Return the text of each cluster, each work in it in its own language, and the entries of the list in their order.
function cite(request) {
  CSL.stringCompare = sorter(request.language);
  const works = {};
  for (const work of request.works) {
    works[work.id] = {...work, "octavo-language": request.languageOf[work.id]};
  }
  const main = new Writer(request, request.language, works);
  const writers = {[request.language]: main};
  for (const language of new Set(Object.values(request.languageOf))) {
    writers[language] = writers[language] || new Writer(request, language, works, main);
  }
  const byNumber = new Map(request.works.map((work) => [String(main.number(work.id)), work.id]));

  function inOwnLanguages(cites) {
    const others = {};
    const languages = new Set(cites.map((cite) => request.languageOf[cite.id]));
    if (languages.size > 1 && main.joins) {
      return main.affixed(main.joined(cites.map((cite) => writers[request.languageOf[cite.id]].polishedSingle(cite))));
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
      const known = key !== "undefined" ? key : byNumber.get(text.replace(/<[^>]*>/g, "").trim());
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
  const entries = new Map(Object.values(writers).flatMap((writer) => writer.entries()));
  const order = main.engine.registry.getSortedIds().filter((id) => entries.has(id));
  return {texts: texts, entries: order.map((id) => [id, entries.get(id)])};
}

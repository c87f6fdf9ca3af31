// citeproc-js, made quicker: the same words by fewer steps. Loaded behind it and before cite.js.

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
    return runLater(this, named, target);
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
  run.execs.push((state, item, cite) => runMacro(state, area.macros[key], item, cite, true));
  target.push(run);
};

// It renders each work once more to tell it from those that read alike, also where there are none.
const tellApart = CSL.Disambiguation.prototype.run;
CSL.Disambiguation.prototype.run = function (form) {
  const alike = this.state.registry.ambigcites[form];
  if (alike && alike.length > 1) {
    tellApart.call(this, form);
  }
};

// Return the first of the keys that a work is sorted by. A style has up to a dozen, and the first one tells nearly all
// works apart: it is the name of the author.
const findSortKeys = CSL.getSortKeys;
function firstSortKey(engine, item, kind) {
  const all = engine[kind].tokens;
  engine[kind].tokens = all.slice(0, all.findIndex((step) => step.name === "key" && step.tokentype === CSL.END) + 1);
  try {
    return findSortKeys.call(engine, item, kind).slice(0, 1);
  } finally {
    engine[kind].tokens = all;
  }
}

// So the others are only asked for where the first one is that of another work too. The first work always has all, for
// what a style says of its order is learnt while they are made.
CSL.Registry.prototype.setsortkeys = function () {
  const {state, registry} = this;
  const ids = this.mylist.filter((id) => this.touched[id] || state.tmp.taintedItemIDs[id] || !registry[id].sortkeys);
  const find = (id, finder) => finder(state.retrieveItem(id), "bibliography_sort");
  const all = (id) => (registry[id].sortkeys = find(id, (item, kind) => findSortKeys.call(state, item, kind)));
  if (ids.length < this.mylist.length || state.bibliography_sort.tokens.length === 0) {
    ids.forEach(all);
    return;
  }
  const firsts = ids.map((id) => ({id: id, sortkeys: find(id, (item, kind) => firstSortKey(state, item, kind))}));
  const compare = this.sorter.compareKeys;
  firsts.sort(compare);
  firsts.forEach((one, index) => {
    const alone = [firsts[index - 1], firsts[index + 1]].every((other) => !other || compare(one, other) !== 0);
    registry[one.id].sortkeys = alone ? one.sortkeys : undefined;
  });
  ids.filter((id, index) => index === 0 || !registry[id].sortkeys).forEach(all);
};

// The keys that a work is sorted by in a citation are its own, wherever it is cited.
function citationSortKeys(engine, item, which, find) {
  const known = (engine.registry.sortKeys = engine.registry.sortKeys || {first: new Map(), all: new Map()});
  if (!known[which].has(item.id)) {
    known[which].set(item.id, find(item, "citation_sort"));
  }
  return known[which].get(item.id);
}

CSL.getSortKeys = function (item, kind) {
  const find = (...wanted) => findSortKeys.call(this, ...wanted);
  return kind === "citation_sort" ? citationSortKeys(this, item, "all", find) : find(item, kind);
};

// Sort the works of a citation, by the first of their keys where it tells them apart.
function sortedInCitation(engine, cites) {
  const compare = engine.citation.srt.compareKeys;
  const sort = (which, find) => {
    const keys = (cite) => citationSortKeys(engine, engine.retrieveItem(cite.id), which, find);
    const keyed = cites.map((cite) => ({cite: cite, sortkeys: keys(cite)}));
    return keyed.sort(compare);
  };
  const byFirst = sort("first", (...wanted) => firstSortKey(engine, ...wanted));
  const alike = byFirst.some((one, index) => index > 0 && compare(byFirst[index - 1], one) === 0);
  const sorted = alike ? sort("all", (...wanted) => findSortKeys.call(engine, ...wanted)) : byFirst;
  return sorted.map(({cite}) => cite);
}

// Of the languages that have letters with a case, only these have rules of their own for it (Unicode, SpecialCasing.txt).
const OWN_CASE = /^(az|el|hy|lt|tr)/i;
for (const [name, usual] of [["toLocaleLowerCase", "toLowerCase"], ["toLocaleUpperCase", "toUpperCase"]]) {
  const inLanguage = CSL[name];
  CSL[name] = function (text) {
    const language = this.tmp.lang_array && this.tmp.lang_array[0];
    return language && !OWN_CASE.test(language) ? text[usual]() : inLanguage.call(this, text);
  };
}

// A step of a style, run some 100,000 times.
CSL.tokenExec = function (token, item, cite) {
  let next = token.next;
  if (token.test) {
    const holds = token.test(item, cite);
    this.tmp.jump.replace(holds ? "succeed" : "fail");
    next = holds ? token.succeed : token.fail;
  }
  const {execs} = token;
  for (let index = 0; index < execs.length; index++) {
    next = execs[index].call(token, this, item, cite) || next;
  }
  return next;
};

// What names are compared with those of the work before, where a style draws works of the same authors together.
const compareNames = CSL.NameOutput.prototype._collapseAuthor;
CSL.NameOutput.prototype._collapseAuthor = function () {
  compareNames.call(this);
  const {namesSeen, last_primary_names_string: names} = this.state.tmp;
  if (namesSeen && names) {
    namesSeen.add(names);
  }
};

// Marks in a text are looked for in each piece of it: pieces that hold none of their signs need no look.
const Marks = CSL.Util.FlipFlopper;
CSL.Util.FlipFlopper = function (state) {
  Marks.call(this, state);
  const quotes = ["open-quote", "close-quote", "open-inner-quote", "close-inner-quote"].map((name) => state.getTerm(name));
  const signs = new Set(`<>"'\u2018\u2019\u201c\u201d${quotes.join("")}`.replace(/\s/g, ""));
  const find = this.processTags;
  this.processTags = (piece) => {
    for (const sign of piece.blobs) {
      if (signs.has(sign)) {
        return find.call(this, piece);
      }
    }
    return undefined;
  };
};

// What can be foreseen of what a style does for a work: citeproc-js goes past it. Loaded behind traces.js and idle.js.
//
// A style asks each work of what type it is and what it has, and tries dozens of things that most works lack. The answers
// are the same wherever a work is cited, and for all works that have the same. So each macro is looked through once for
// each sort of works; of a choice only the branch stays that they take, and what renders nothing for them is left out,
// but for the marks that it leaves (`leave`), as are groups that do nothing.

"use strict";

const {START, END, SINGLETON} = CSL;
// These are of a citation, not of a work, or made while they are written.
const OF_CITATIONS = new Set([
  ...CSL.CITE_FIELDS,
  ...["citation-number", "citation-label", "year-suffix", "hereinafter", "locator-date"],
]);

// A test that a branch of a choice makes is fixed where works that have the same pass it alike.
function marking(attribute, mark) {
  const build = CSL.Attributes[attribute];
  CSL.Attributes[attribute] = function (state, names) {
    const before = (this.tests || []).length;
    build.call(this, state, names);
    (this.tests || []).slice(before).forEach((test, index) => mark(test, names.split(/\s+/)[index]));
  };
}
marking("@type", (test) => (test.isFixed = () => true));
marking("@variable", (test, name) => (test.isFixed = () => !OF_CITATIONS.has(name)));
marking("@is-numeric", (test, name) => (test.isFixed = (item) => !OF_CITATIONS.has(name) && !item[name]));

// An alternative for names is rendered where nothing was before it.
const startAlternative = CSL.Util.substituteStart;
CSL.Util.substituteStart = function (state, target) {
  const before = target.length;
  startAlternative.call(this, state, target);
  for (const token of target.slice(before)) {
    token.isAlternative = token.name === "if";
  }
};

// Return whether a work takes a branch, or nothing where that is not fixed.
function taken(branch, item) {
  const {tests = [], test, name} = branch.token;
  if (name === "else") {
    return true;
  }
  return test && tests.length && tests.every((one) => one.isFixed && one.isFixed(item)) ? test(item) : undefined;
}

// Return the branch of a choice that a work takes, `null` for none, or nothing where that is not fixed.
function chosen(choice, item) {
  for (const branch of choice.kids) {
    const answer = ["if", "else-if", "else"].includes(branch.token.name) ? taken(branch, item) : undefined;
    if (answer !== false) {
      return answer ? branch : undefined;
    }
  }
  return null;
}

// Return the steps of a macro as a tree, or nothing where they make none.
function treeOf(steps) {
  const top = {kids: []};
  const open = [top];
  for (const [index, token] of steps.entries()) {
    const parent = open[open.length - 1];
    if (token.tokentype === END) {
      if (parent === top || parent.token.name !== token.name) {
        return undefined;
      }
      open.pop().end = index;
      continue;
    }
    const node = {token: token, start: index, end: index, kids: []};
    parent.kids.push(node);
    if (token.tokentype === START) {
      open.push(node);
    }
  }
  return open.length === 1 && !steps.some((token) => token.locale || token.locale_default) ? top.kids : undefined;
}

const isAlternative = ({kids: [branch]}) => branch !== undefined && branch.token.isAlternative === true;

// Tell whether a node among the alternatives for names does nothing where one was rendered before it.
function isQuiet(node, item) {
  if (node.token.name !== "choose" || isAlternative(node)) {
    return isAlternative(node);
  }
  const branch = chosen(node, item);
  return branch === null || (branch !== undefined && branch.kids.every((kid) => isQuiet(kid, item)));
}

// What works of a sort come to in a macro: `to` has the step in place of each, `traces` what is left on the way, `ends`
// where alternatives for names end that begin at a step.
class Path {
  constructor(state, steps, tree, item, sorts) {
    this.to = Int32Array.from({length: steps.length + 1}, (_, index) => index);
    this.traces = new Array(steps.length + 1).fill(undefined);
    this.ends = new Int32Array(steps.length + 1);
    this.walk(tree, item, state, sorts);
  }

  walk(nodes, item, state, sorts) {
    for (const node of nodes) {
      const trace = sorts ? undefined : traceOf(node, item, state);
      if (trace && !trace.isWords && node.token.name !== "choose") {
        this.to[node.start] = node.end + 1;
        this.traces[node.start] = {dates: [], ...trace};
      } else if (node.token.name === "choose") {
        this.choose(node, item, state, sorts);
      } else {
        if (!sorts && isIdle(node, item, state)) {
          this.leap(node.start);
          this.leap(node.end);
        }
        this.alternatives(node, item);
        this.walk(node.kids, item, state, sorts);
      }
    }
  }

  leap(step) {
    this.to[step] = step + 1;
    this.traces[step] = {dates: []};
  }

  // Where an alternative for names was rendered, those that are left end at once.
  alternatives({token, kids, end}, item) {
    for (const kid of token.name === "substitute" ? [...kids].reverse() : []) {
      if (!isQuiet(kid, item)) {
        return;
      }
      if (isAlternative(kid)) {
        this.ends[kid.start] = end;
      }
    }
  }

  choose(node, item, state, sorts) {
    const branch = chosen(node, item);
    if (branch === undefined) {
      for (const kid of node.kids) {
        this.alternatives(kid, item);
        this.walk(kid.kids, item, state, sorts);
        if (taken(kid, item) === false) {
          this.to[kid.start] = kid.token.fail;
        }
      }
      return;
    }
    this.to[node.start] = branch && branch.kids.length ? branch.start + 1 : node.end + 1;
    if (branch && branch.kids.length) {
      this.to[branch.end] = node.end + 1;
      this.walk(branch.kids, item, state, sorts);
    }
  }

  // Return the step that is really to be done next.
  past(state, next) {
    const {to, traces, ends} = this;
    while (to[next] !== next && !(traces[next] && !leave(state, traces[next]))) {
      next = to[next];
    }
    return ends[next] > 0 && !state.tmp.can_substitute.value() ? ends[next] : next;
  }
}

function seenThrough(steps) {
  if (!steps.seen) {
    steps.seen = {tree: treeOf(steps), paths: new Map(), item: undefined, path: undefined};
  }
  return steps.seen;
}

// The sort of a work: its type, and what it has.
const sortsOfWorks = new WeakMap();
function sortOf(item) {
  if (!sortsOfWorks.has(item)) {
    const has = (value) => (typeof value === "object" ? Object.values(value || {}).some(Boolean) : Boolean(value));
    const own = Object.keys(item).filter((name) => item[name] !== undefined && item[name] !== "");
    sortsOfWorks.set(item, [item.type, ...own.sort().map((name) => `${name}:${has(item[name])}`)].join(" "));
  }
  return sortsOfWorks.get(item);
}

function pathOf(state, steps, item, sorts) {
  const seen = seenThrough(steps);
  if (seen.item !== item) {
    const sort = sortOf(item);
    if (!seen.paths.has(sort)) {
      const known = seen.tree && !state.opt.use_context_condition;
      seen.paths.set(sort, known ? new Path(state, steps, seen.tree, item, sorts) : undefined);
    }
    seen.item = item;
    seen.path = seen.paths.get(sort);
  }
  return seen.path;
}

// Do the steps of a macro for a work.
function runMacro(state, steps, item, cite, sorts) {
  const path = pathOf(state, steps, item, sorts);
  for (let next = path ? path.past(state, 0) : 0; next < steps.length; ) {
    next = CSL.tokenExec.call(state, steps[next], item, cite);
    next = path ? path.past(state, next) : next;
  }
}

// Write a macro out where it is named, so that it is run from there.
function runLater(state, named, target) {
  const before = target.length;
  writeMacroOut.call(state, named, target);
  const {cslXml, macros, build} = state;
  const [macro] = cslXml.getNodesByName(cslXml.dataObj, "macro", named.postponed_macro);
  const isDated = cslXml.getAttributeValue(macro, "macro-has-date");
  const steps = macros[named.postponed_macro + (isDated ? `@${build.current_default_locale}` : "")];
  const texts = target.slice(before).filter((token) => token.name === "text" && token.tokentype === SINGLETON);
  const run = texts.find((token) => !token.juris);
  run.macroSteps = steps;
  run.execs = [(engine, item, cite) => runMacro(engine, steps, item, cite, false)];
}

// What renders nothing for a work, and the marks that it leaves all the same. Loaded before foreseen.js.
//
// Text, numbers, dates and names that a work lacks render nothing, nor does a group that tries nothing else, with the
// words in it. But citeproc-js notes down that it tried, and more: a `trace` says what.

"use strict";

const lacks = (item, name) => !OF_CITATIONS.has(name) && (item[name] === undefined || item[name] === "");
const lacksAll = (item, names = []) => names.length > 0 && names.every((name) => lacks(item, name));

// Return what is left by nodes that render nothing, in a row: whether the last of them was tried in vain, and what else
// they do (`leave`). Nothing where one of them may render something.
function traceOfAll(nodes, item, state) {
  const whole = {names: 0, dates: []};
  for (const node of nodes) {
    const trace = traceOf(node, item, state);
    if (!trace) {
      return undefined;
    }
    const {names = 0, dates = []} = trace;
    whole.isLoud = whole.isLoud || (names > 0 && !trace.isGroup);
    whole.isWords = whole.isWords || trace.isWords;
    whole.hasWords = whole.hasWords || trace.hasWords;
    whole.isText = whole.isText || trace.isText;
    whole.tried = trace.tried === undefined ? whole.tried : trace.tried;
    whole.names += names;
    whole.dates.push(...dates);
  }
  whole.isGroup = !whole.isLoud;
  return whole;
}

const PARTS_OF_NAMES = new Set(["name", "name-part", "label", "institution", "institution-part"]);
// What a group does beside holding together what is in it.
const SPECIAL = [
  "cls",
  "has-publisher-and-publisher-place",
  "label_capitalize_if_first_override",
  "label_form_override",
  "set_parallel_delimiter_override",
  "set_parallel_delimiter_override_on_suppress",
];
const TRACES = {
  text(node, item, state) {
    const {macroSteps, strings, variables_real: names} = node.token;
    if (macroSteps) {
      const tree = seenThrough(macroSteps).tree;
      return tree && traceOfAll(tree, item, state);
    }
    if (strings.term || strings.value) {
      return {hasWords: true, isWords: true};
    }
    return lacksAll(item, names) && lacks(item, `${names[0]}-short`) ? {tried: true, isText: true} : undefined;
  },
  number: ({token}, item) => (lacksAll(item, token.variables_real) ? {tried: true} : undefined),
  label({token: {strings}}, item) {
    return strings.term && lacks(item, strings.term) ? {hasWords: true, isWords: true} : undefined;
  },
  names({token, kids}, item) {
    const names = (token.variables_real || []).filter((name) => !Array.isArray(item[name]) || item[name].length > 0);
    const plain = kids.every(({token: {name, strings}}) => PARTS_OF_NAMES.has(name) && strings.form !== "count");
    const isWhole = token.tokentype === START && plain && !token.requireMatch;
    return isWhole && lacksAll(item, names) ? {tried: true, names: 1} : undefined;
  },
  date({token, kids}, item, state) {
    const [name] = token.variables_real || [];
    const {collapse} = state.citation.opt;
    const counts = state.opt["disambiguate-add-year-suffix"] && /^year-suffix/.test(collapse);
    const plain = kids.length > 0 && kids.every((kid) => kid.token.name === "date-part");
    return plain && !counts && name !== "accessed" && lacksAll(item, [name])
      ? {tried: true, dates: [name]}
      : undefined;
  },
  group({token, kids}, item, state) {
    const trace = isSpecial(token) || hasOpenBrace(token.strings) ? undefined : traceOfAll(kids, item, state);
    if (!trace || !token.realGroup) {
      return trace;
    }
    // A group is left out that has tried something in vain, with its words.
    return trace.tried || !trace.isWords ? {...trace, tried: !!trace.tried, isWords: false, isGroup: true} : undefined;
  },
  choose(node, item, state) {
    const branch = chosen(node, item);
    return branch === undefined ? undefined : traceOfAll(branch ? branch.kids : [], item, state);
  },
};

// Return what a node leaves that renders nothing for a work, or nothing. What one calls is asked of all that call it.
function traceOf(node, item, state) {
  if (node.item !== item) {
    node.item = item;
    node.trace = TRACES[node.token.name] ? TRACES[node.token.name](node, item, state) : undefined;
  }
  return node.trace;
}

const isSpecial = (token) => token.juris || SPECIAL.some((name) => token.strings[name]);

// A brace within another one gets another form, so citeproc-js counts those that are open.
function hasOpenBrace({prefix = "", suffix = ""}) {
  return /[()[\]]/.test((prefix + suffix).replace(/\([^()[\]]*\)|\[[^()[\]]*\]/g, ""));
}

// A number of a work takes notice of all words before it, also of those that are left out again.
const nameVariables = CSL.Attributes["@variable"];
CSL.Attributes["@variable"] = function (state, names) {
  state.isNumbered = state.isNumbered || names.includes("citation-number");
  nameVariables.call(this, state, names);
};

// Leave the marks of what is gone past, as citeproc-js does when it renders nothing. Return whether it may be gone past:
// within names their alternatives are counted, and some marks are only made by what is really done.
function leave(state, trace) {
  const {tmp, nameOutput} = state;
  const isBegun = tmp.cite_renders_content && (tmp.in_cite_predecessor || !state.isNumbered);
  if (tmp.can_block_substitute || (trace.hasWords && !isBegun)) {
    return false;
  }
  if (trace.names && !(tmp.cite_renders_content && tmp.term_predecessor_name)) {
    return false;
  }
  if (trace.tried !== undefined) {
    tmp.group_context.tip.variable_attempt = trace.tried;
  }
  if (trace.isText) {
    tmp.have_collapsed = false;
  }
  if (trace.dates.some((name) => !tmp.done_vars.includes(name))) {
    tmp.probably_rendered_something = true;
    tmp.value = [];
  }
  if (trace.names) {
    if (tmp.term_predecessor || trace.names > 1) {
      tmp.subsequent_author_substitute_ok = false;
    }
    tmp.name_node = {children: [], top: new CSL.Blob()};
    Object.assign(tmp, {value: [], rendered_name: [], label_blob: false, authority_stop_last: 0});
    Object.assign(tmp, {"et-al-use-first": undefined, "et-al-min": undefined, "et-al-use-last": undefined});
    nameOutput.nameset_base += nameOutput.nameset_offset || 0;
    nameOutput.nameset_offset = 0;
    tmp.term_predecessor = tmp.term_predecessor || !trace.isGroup;
  }
  return true;
}

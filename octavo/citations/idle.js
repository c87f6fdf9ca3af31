// Groups that do nothing for a work. Loaded before foreseen.js, which goes past their beginnings and ends.
//
// citeproc-js puts a group around each macro and another one around each place where it is named. One that sets nothing
// around what is in it, and holds but one thing that says itself whether it is there, may as well be left out.

"use strict";

// Return the nodes that may render something for a work.
function live(nodes, item, state) {
  return nodes.flatMap((node) => {
    const trace = traceOf(node, item, state);
    if (trace && !trace.isWords) {
      return [];
    }
    const branch = node.token.name === "choose" ? chosen(node, item) : undefined;
    return branch ? live(branch.kids, item, state) : [node];
  });
}

// Tell whether nodes come to one that says of itself whether it was tried, and rendered.
function isOne(nodes, item, state) {
  const [node, ...others] = live(nodes, item, state);
  if (node === undefined || others.length > 0 || holdsNumbers(node)) {
    return false;
  }
  return node.token.name in SAYS && SAYS[node.token.name](node, item, state);
}

const isOfWork = ({token: {variables_real: names = []}}) => names.length === 1 && !OF_CITATIONS.has(names[0]);
const SAYS = {
  group: ({token, kids}, item, state) => (token.realGroup ? !isSpecial(token) : isOne(kids, item, state)),
  text(node, item, state) {
    if (!node.token.macroSteps) {
      return isOfWork(node);
    }
    const {tree} = seenThrough(node.token.macroSteps);
    return tree !== undefined && isOne(tree, item, state);
  },
  number: isOfWork,
  date: (node, item, state) => isOfWork(node) && !state.opt["disambiguate-add-year-suffix"],
  names: ({token, kids}) => token.tokentype === START && kids.every((kid) => PARTS_OF_NAMES.has(kid.token.name)),
};

// Numbers of works and letters behind years are set together with those beside them, whatever group they are in.
const NUMBERS = ["citation-number", "citation-label", "year-suffix"];
function holdsNumbers(node) {
  if (node.holdsNumbers === undefined) {
    const {variables_real: names = [], macroSteps} = node.token;
    const inside = macroSteps ? seenThrough(macroSteps).tree || [] : node.kids;
    node.holdsNumbers = names.some((name) => NUMBERS.includes(name)) || inside.some(holdsNumbers);
  }
  return node.holdsNumbers;
}

// Tell whether a node is a group that does nothing.
function isIdle({token, kids}, item, state) {
  const {name, strings, decorations} = token;
  const isBare = name === "group" && !token.juris && decorations.length === 0 && !Object.values(strings).some(Boolean);
  return isBare && isOne(kids, item, state);
}

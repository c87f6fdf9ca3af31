// A formula in TeX -> MathML, which Temml writes, and a drawing, which MathJax makes. Both throw where it is wrong.

const adaptor = MathJax._.adaptors.liteAdaptor.liteAdaptor();
MathJax._.handlers.html_ts.RegisterHTMLHandler(adaptor);

const PACKAGES = [
  "base", "ams", "newcommand", "configmacros", "amscd", "boldsymbol", "braket", "enclose", "cancel", "cases",
  "centernot", "color", "extpfeil", "mathtools", "mhchem", "textmacros", "textcomp", "unicode", "upgreek", "units",
  "gensymb", "bbox", "bussproofs", "empheq",
];
// The x-height of the font: one em of a formula is one em of the text around it.
const METRICS = {em: 1000, ex: 442, containerWidth: 1e6, scale: 1};

// What one of the two knows and the other does not, though authors use it.
const OF_MATHJAX = {
  argmax: "\\operatorname*{arg\\,max}", argmin: "\\operatorname*{arg\\,min}", bm: ["\\boldsymbol{#1}", 1],
  textcircled: ["\\enclose{circle}{\\small\\text{#1}}", 1],
};
const OF_TEMML = {
  "\\argmax": "\\operatorname*{arg\\,max}", "\\argmin": "\\operatorname*{arg\\,min}", "\\mbox": "\\text{#1}",
};

// Files of the font that a formula waits for: they are loaded from outside, and the formula is set again.
const waiting = new Map();
MathJax._.mathjax.mathjax.asyncLoad = name => new Promise(resolve => waiting.set(name, resolve));

const documents = new Map();

// Where a line may end: in the line of the formula itself, in what is in brackets, in a cell that is a line of its own.
const OPEN = new Set(["math", "mrow", "inferredMrow", "TeXAtom", "mstyle", "msup", "msub", "msubsup", "mtr", "mtable"]);
const isLine = cell => cell.attributes.get("displaystyle") || cell.attributes.get("columnalign") === "left";

// Whether lines end only there: a fraction, a root or a cell of a matrix that is broken is read as another formula.
function endsWell(wrapper, open = true) {
  const {node} = wrapper;
  if (wrapper.breakCount > 0 && !open) return false;
  const inside = open && (!node.childNodes.length || (node.isKind("mtd") ? isLine(node) : OPEN.has(node.kind)));
  return (wrapper.childNodes || []).every(child => endsWell(child, inside));
}

// How the lines of a formula that is broken stand: all but the first are set in.
const LINES = {indentalign: "left", indentshift: "2em", indentshiftfirst: "0"};

class Drawing extends MathJax._.output.svg_ts.SVG {
  toDOM(math, container, html) {
    const breaks = math.metrics.containerWidth < METRICS.containerWidth;
    this.options.displayOverflow = breaks ? "linebreak" : "overflow";
    this.containerWidth = undefined; // it would remember that of the last formula
    if (breaks) {
      math.root.attributes.setList(LINES);
      math.root.setInheritedAttributes({}, math.display, 0, false);
    }
    super.toDOM(math, container, html);
  }

  // The least size of a drawing is a thousandth of what it takes an em to be: here that would be a whole one.
  createSVG(...size) {
    const {metrics} = this.math;
    this.math.metrics = {...metrics, em: 1};
    const made = super.createSVG(...size);
    this.math.metrics = metrics;
    return made;
  }

  processMath(wrapper, container) {
    super.processMath(wrapper, container);
    this.isGood = endsWell(wrapper);
  }
}

function documentWith(macros) {
  const key = JSON.stringify(macros);
  if (!documents.has(key)) {
    const input = new MathJax._.input.tex_ts.TeX({
      packages: PACKAGES,
      tags: "none",
      macros: {...OF_MATHJAX, ...Object.fromEntries(macros.map(({name, body, count, first}) =>
        [name, first === null ? [body, count] : [body, count, first]]))},
      formatError: (_, error) => { throw error; },
    });
    const output = new Drawing({
      fontCache: "none",
      fontData: MathJax._.output.fonts["mathjax-newcm"].svg_ts.MathJaxNewcmFont,
      linebreaks: {inline: false},
    });
    documents.set(key, MathJax._.mathjax.mathjax.document("", {InputJax: input, OutputJax: output}));
  }
  return documents.get(key);
}

// What Temml is told of a macro: its text, or, where its first argument may be left out, how to read it.
function macroOf({body, count, first}) {
  if (first === null) return body;
  return context => {
    context.consumeSpaces();
    let given = null;
    if (context.future().text === "[") {
      context.popToken();
      given = context.consumeArg(["]"]).tokens;
    }
    const others = count > 1 ? context.consumeArgs(count - 1) : [];
    const replaced = body.replace(/#1/g, () => given === null ? `{${first}}` : "\\octavofirst{}");
    context.macros.set("\\octavofirst", {tokens: given ?? [], numArgs: 0});
    return others.reduceRight(
      (text, tokens, index) => text.replaceAll(`#${index + 2}`, `{${textOf(tokens)}}`), replaced);
  };
}

const textOf = tokens => [...tokens].reverse().map(token => token.text + (/^\\[A-Za-z]+$/.test(token.text) ? " " : "")).join("");

function mathmlOf(tex, display, macros) {
  const known = {...OF_TEMML, ...Object.fromEntries(macros.map(macro => [`\\${macro.name}`, macroOf(macro)]))};
  const mathml = temml.renderToString(tex, {displayMode: display, throwOnError: true, xml: true, macros: known});
  // What it says of the whole formula is a matter of the styles of the book.
  return mathml.replace(/^(<math[^>]*?)(?: class="tml-display")?(?: style="display:block math;")?>/, "$1>")
    .replace(/(<mtable[^>]*) style="width:100%;"/g, "$1"); // of a broken line: as wide as it must be, not as the page
}

// Attributes of the drawing that show something; all others say where it came from.
const SHOWN = new Set(["transform", "d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "rx", "ry", "cx", "cy",
  "points", "viewBox", "preserveAspectRatio", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap",
  "font-size", "font-weight", "font-style"]);
const escaped = text => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");

function drawn(node) {
  const kind = adaptor.kind(node);
  if (kind === "#text") return escaped(adaptor.value(node));
  const attributes = Object.fromEntries(adaptor.allAttributes(node).map(({name, value}) => [name, value]));
  const classes = String(attributes.class || "");
  // MathJax leaves these to a sheet of styles.
  if ("data-line" in attributes || "data-frame" in attributes) {
    Object.assign(attributes, {"stroke-width": attributes["stroke-width"] || "70", fill: "none"});
    if (classes.includes("dashed")) attributes["stroke-dasharray"] = "140";
    if (classes.includes("dotted")) Object.assign(attributes, {"stroke-dasharray": "0,140", "stroke-linecap": "round"});
  }
  const shown = Object.entries(attributes).filter(([name, value]) => SHOWN.has(name) && value !== "");
  const inside = adaptor.childNodes(node).map(drawn).join("");
  if (kind === "g" && shown.length === 0) return inside;
  if (kind === "g" && inside === "") return "";
  return `<${kind}${shown.map(([name, value]) => ` ${name}="${escaped(value)}"`).join("")}>${inside}</${kind}>`;
}

const svgOf = container => adaptor.tags(container, "svg")[0];
const boxOf = svg => (adaptor.getAttribute(svg, "viewBox") || "").split(" ").map(Number);

// Where a line is set in it may reach out by as much: then there is a little less room.
const LESS = [0, 1, 2];

const SVG = "http://www.w3.org/2000/svg";
const AXIS = 250; // how high the middle of a formula is above the base line, as that of its fractions

// A formula of several lines, its middle where that of an aligned one is, and not its first line on the base line.
function centred(svg) {
  const [left, top, width, height] = boxOf(svg);
  const middle = Math.round(-height / 2 - AXIS);
  adaptor.setAttribute(svg, "viewBox", [left, middle, width, height].join(" "));
  const group = adaptor.node("g", {transform: `translate(0,${middle - top})`}, adaptor.childNodes(svg).slice(), SVG);
  adaptor.append(svg, group);
  return svg;
}

// A formula in its room: on one line where that is long enough or no lines would be good, else on several.
function setIn(room, tex, display, macros) {
  const document = documentWith(macros);
  const convert = containerWidth => svgOf(document.convert(tex, {display, ...METRICS, containerWidth}));
  const fits = svg => boxOf(svg)[2] <= room * METRICS.em;
  const line = convert(METRICS.containerWidth);
  if (room === null || fits(line)) return line;
  for (const less of LESS) {
    const svg = convert((room - less) * METRICS.em);
    if (!document.outputJax.isGood) break;
    if (fits(svg)) return centred(svg);
  }
  return line;
}

function drawingOf(tex, display, macros, room) {
  const svg = setIn(room, tex.replace(/(\\(?:begin|end)\{)multline\*\}/g, "$1multlined}"), display, macros);
  const drawing = adaptor.childNodes(svg).map(drawn).join("");
  const box = boxOf(svg);
  if (box.length !== 4 || !box.every(Number.isFinite) || drawing.includes("NaN")) throw new Error("it has no size");
  return {drawing, box};
}

const CONTEXT = / at (?:position \d+|end of input): [\s\S]*$/;

function set({tex, display, macros, room}) {
  let mathml;
  try {
    mathml = mathmlOf(tex, display, macros);
  } catch (error) {
    const place = Number.isInteger(error.position) ? error.position : null;
    return {wrong: String(error.message || error).replace(CONTEXT, "").trim(), place};
  }
  try {
    return {mathml, ...drawingOf(tex, display, macros, room)};
  } catch (error) {
    if (error.retry) return {waits: true};
    return {wrong: String(error.message || error), place: null};
  }
}

// Set formulas; those that wait for files of the font come back empty, with the names of the files.
function setAll(formulas) {
  return {results: formulas.map(set), files: [...waiting.keys()]};
}

function arrived(name) {
  waiting.get(name)();
  waiting.delete(name);
}

// The names of all commands, without their backslash.
function commands() {
  const maps = [...documentWith([]).inputJax[0].parseOptions.handlers.get("macro")._configuration].map(({item}) => item.map);
  const names = maps.flatMap(map => map ? [...map.keys()] : []).map(name => name.replace(/^\\/, ""));
  return [...new Set(names)].filter(name => /^[A-Za-z]+$/.test(name)).sort();
}

// MathML -> words, by the speech rule engine.

// It asks for its rules by address, in `asked`; they are handed in from outside.

let settled = "";

function speak(locale) {
  settled = "";
  SRE.setupEngine({locale, domain: "clearspeak", modality: "speech", strict: false})
    .then(() => { settled = "ready"; }, error => { settled = String(error && error.message || error); });
}

const wanted = () => [...asked.keys()];

function supply(address, rules) {
  asked.get(address)(rules);
  asked.delete(address);
}

const state = () => settled;

const say = formulas => formulas.map(mathml => SRE.toSpeech(mathml));

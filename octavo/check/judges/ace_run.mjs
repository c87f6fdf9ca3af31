// node ace_run.mjs FILE OUTPUT …: has Ace check books in one browser, and writes the report of each to its folder.
//
// Ace's own command starts Node and a browser for each book, which takes longer than to check a short one.
import { createRequire } from 'node:module';

const AT_ONCE = 2; // books; Ace opens several chapters of each
const require = createRequire(process.env.OCTAVO_NODE_MODULES + '/');
const ace = require('@daisy/ace-core');
const runner = require('@daisy/ace-axe-runner-puppeteer');

// Ace launches a browser for each book and closes it behind it: this one stays.
const shared = { ...runner, launch: async () => {}, close: async () => {} };

async function check(file, outdir) {
  try {
    await ace(file, { cwd: process.cwd(), outdir, initLogger: true, silent: true }, shared);
  } catch (error) {
    console.error(`${file}: ${error?.message ?? error}`);
  }
}

const given = process.argv.slice(2);
const queue = [];
while (given.length) queue.push(given.splice(0, 2));
async function work() {
  for (let next = queue.shift(); next; next = queue.shift()) await check(...next);
}
await runner.launch();
await Promise.all(Array.from({ length: AT_ONCE }, work));
await runner.close();
process.exit(); // loggers keep Node alive

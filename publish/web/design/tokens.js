// The tokens that stylesheets use, with those that these refer to -> one small stylesheet.
//
//     node tokens.js {directory of the stylesheets} > tokens.css
//
// A name that the package does not have is a mistake in a stylesheet: nothing is written then.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = 'node_modules/@digital-go-jp/design-tokens/';
const NAME = /--(?:color-(?:primitive|neutral|semantic)|font|line-height|border-radius|elevation)-[a-z0-9-]+/;
const USE = new RegExp(`var\\((${NAME.source})`, 'g');
const LICENCE = '/*! Design tokens: デジタル庁デザインシステム, (c) 2023 デジタル庁, MIT';

const directory = process.argv[2];
const declared = new Map(
  [...readFileSync(`${PACKAGE}dist/tokens.css`, 'utf8').matchAll(/^\s*(--[a-z0-9-]+):\s*(.+);$/gm)]
    .map(([, name, value]) => [name, value]),
);
const { version } = JSON.parse(readFileSync(`${PACKAGE}package.json`, 'utf8'));

const uses = text => [...text.matchAll(USE)].map(found => found[1]);
const wanted = readdirSync(directory)
  .filter(name => name.endsWith('.css') && name !== 'tokens.css')
  .flatMap(name => uses(readFileSync(join(directory, name), 'utf8')));

const used = new Set();
while (wanted.length) {
  const name = wanted.pop();
  if (!declared.has(name)) {
    console.error(`${name}: not in @digital-go-jp/design-tokens ${version}`);
    process.exit(1);
  }
  if (!used.has(name)) wanted.push(...uses(declared.get(name)));
  used.add(name);
}

const lines = [...declared].filter(([name]) => used.has(name)).map(([n, value]) => `  ${n}: ${value};`);
process.stdout.write(`${LICENCE} (@digital-go-jp/design-tokens ${version}) */\n:root {\n${lines.join('\n')}\n}\n`);

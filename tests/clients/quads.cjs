// Reads JSON-LD with jsonld.js and writes it as N-Quads. Nothing is fetched:
// node quads.cjs DOCUMENT CONTEXT-FILE CONTEXT-ADDRESS
"use strict";

const fs = require("fs");
const jsonld = require("jsonld");

const [file, contextFile, contextAddress] = process.argv.slice(2);
const read = (path) => JSON.parse(fs.readFileSync(path, "utf8"));

async function documentLoader(url) {
  if (url !== contextAddress) throw new Error(`not to be fetched: ${url}`);
  return { contextUrl: null, documentUrl: url, document: read(contextFile) };
}

jsonld
  .toRDF(read(file), { documentLoader, format: "application/n-quads" })
  .then((quads) => process.stdout.write(quads))
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });

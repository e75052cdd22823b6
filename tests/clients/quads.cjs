// Reads JSON-LD with jsonld.js and writes it as N-Quads. Nothing is fetched:
// node quads.cjs DOCUMENT
"use strict";

const fs = require("fs");
const jsonld = require("jsonld");

const document = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

async function documentLoader(url) {
  throw new Error(`not to be fetched: ${url}`);
}

jsonld
  .toRDF(document, { documentLoader, format: "application/n-quads" })
  .then((quads) => process.stdout.write(quads))
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });

import assert from "node:assert/strict";
import { test } from "node:test";

import { allowedIn, complaints, crates, npmPackages, permits } from "./licences.mjs";

const allowed = new Set(["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"]);

test("an expression is met by what is allowed, and only by that", () => {
  for (const fine of [
    "MIT",
    "MIT/Apache-2.0",
    "GPL-3.0 OR MIT",
    "(GPL-3.0 OR MIT) AND Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "MIT OR GPL-3.0 AND LGPL-2.1",
  ])
    assert.equal(permits(fine, allowed), true, fine);
  for (const not of ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND SSPL-1.0", "MIT WITH odd-exception"])
    assert.equal(permits(not, allowed), false, not);
});

test("what cannot be read is not waved through", () => {
  for (const odd of ["", "MIT OR", "(MIT", "MIT Apache-2.0", "AND"])
    assert.throws(() => permits(odd, allowed), Error, odd);
  assert.equal(complaints([{ name: "x", version: "1", licence: "MIT OR" }], allowed).length, 1);
});

test("a planted dependency is named", () => {
  const metadata = {
    packages: [
      { name: "ours", version: "0.1.0", license: "AGPL-3.0", source: null },
      { name: "fine", version: "1.0.0", license: "MIT", source: "registry" },
      { name: "planted", version: "2.0.0", license: "AGPL-3.0", source: "registry" },
      { name: "silent", version: "3.0.0", license: null, source: "registry" },
    ],
  };
  assert.deepEqual(complaints(crates(metadata), allowed), [
    "planted 2.0.0 is under AGPL-3.0",
    "silent 3.0.0 names no licence",
  ]);
});

test("only what reaches the page counts", () => {
  const lock = {
    packages: {
      "": { license: "MIT" },
      "node_modules/a": { version: "1.0.0", license: "GPL-2.0" },
      "node_modules/a/node_modules/@s/b": { version: "2.0.0", license: "MIT" },
      "node_modules/tool": { version: "1.0.0", license: "GPL-2.0", dev: true },
    },
  };
  assert.deepEqual(
    npmPackages(lock).map(({ name }) => name),
    ["a", "@s/b"],
  );
});

test("the list is read as cargo-deny would read it", () => {
  const text = '[licenses]\n# why\nallow = [\n  "MIT", # "GPL-3.0"\n  "ISC",\n]\n[bans]\nallow = [\n "x",\n]\n';
  assert.deepEqual([...allowedIn(text)], ["MIT", "ISC"]);
  assert.throws(() => allowedIn("[bans]\n"));
});

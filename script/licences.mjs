// Fails where something below us is under terms that deny.toml does not allow. Rust crates by
// `cargo metadata` (those that are built on this machine), the page's packages by its lock file (only what
// reaches the built page).

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";

/** The `allow` list of a deny.toml. */
export function allowedIn(denyToml) {
  const list = /\[licenses\][\s\S]*?^allow = \[([\s\S]*?)^\]/m.exec(denyToml);
  if (!list) throw new Error("deny.toml has no [licenses] allow list");
  return new Set([...list[1].matchAll(/^\s*"([^"]+)"/gm)].map(([, name]) => name));
}

/** Whether the terms of an SPDX expression can be met with allowed licences alone. "A/B" is crates.io's old "A OR B". */
export function permits(expression, allowed) {
  const words = expression
    .replaceAll("/", " OR ")
    .replaceAll(/[()]/g, " $& ")
    .split(/\s+/)
    .filter(Boolean);
  let at = 0;
  const either = () => {
    let met = both();
    while (words[at] === "OR") {
      at += 1;
      met = both() || met;
    }
    return met;
  };
  const both = () => {
    let met = one();
    while (words[at] === "AND") {
      at += 1;
      met = one() && met;
    }
    return met;
  };
  const one = () => {
    if (words[at] === "(") {
      at += 1;
      const met = either();
      if (words[at] !== ")") throw new Error(`unclosed bracket in "${expression}"`);
      at += 1;
      return met;
    }
    let name = words[at];
    if (!name || /^(AND|OR|WITH|\))$/.test(name)) throw new Error(`not an SPDX expression: "${expression}"`);
    at += 1;
    if (words[at] === "WITH") {
      name += ` WITH ${words[at + 1]}`;
      at += 2;
    }
    return allowed.has(name);
  };
  const met = either();
  if (at !== words.length) throw new Error(`not an SPDX expression: "${expression}"`);
  return met;
}

/** What is wrong with these `{ name, version, licence }`, one sentence each. */
export function complaints(dependencies, allowed) {
  return dependencies.flatMap(({ name, version, licence }) => {
    if (!licence) return [`${name} ${version} names no licence`];
    try {
      return permits(licence, allowed) ? [] : [`${name} ${version} is under ${licence}`];
    } catch (error) {
      return [`${name} ${version}: ${error.message}`];
    }
  });
}

export function crates(metadata) {
  return metadata.packages
    .filter(({ source }) => source !== null)
    .map(({ name, version, license }) => ({ name, version, licence: license }));
}

export function npmPackages(lock) {
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path !== "" && !dev && !link)
    .map(([path, { version, license }]) => ({
      name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
      licence: license,
    }));
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const allowed = allowedIn(readFileSync("deny.toml", "utf8"));
  const host = /^host: (.*)$/m.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))[1];
  const metadata = JSON.parse(
    execFileSync("cargo", ["metadata", "--quiet", "--format-version", "1", "--locked", "--filter-platform", host], {
      encoding: "utf8",
      maxBuffer: 512 * 1024 * 1024,
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  const rust = crates(metadata);
  const page = npmPackages(JSON.parse(readFileSync("ui/package-lock.json", "utf8")));
  const wrong = complaints([...rust, ...page], allowed);
  for (const line of wrong) console.error(line);
  console.log(`${rust.length} crates and ${page.length} packages of the page looked at, ${wrong.length} not allowed`);
  exit(wrong.length === 0 ? 0 : 1);
}

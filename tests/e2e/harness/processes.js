// Starting, awaiting and ending the processes of a test.

import { spawn } from "node:child_process";
import { createWriteStream, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** When something is taken to never come. A slow machine is no fault. */
const patienceMs = 60_000;

/** Calls `attempt` until it returns something other than undefined; then that. Says `what` was awaited in vain. */
export async function until(what, attempt, timeoutMs = patienceMs) {
  const end = Date.now() + timeoutMs;
  let last;
  for (;;) {
    try {
      const found = await attempt();
      if (found !== undefined) return found;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const text = typeof what === "function" ? await what() : what;
      throw new Error(`waited ${timeoutMs / 1000} s for ${text}`, { cause: last });
    }
    await pause(50);
  }
}

export class Processes {
  #running = [];

  constructor(logFolder) {
    this.logFolder = logFolder;
  }

  /** What it writes to stderr goes to NAME.log. */
  start(name, command, args, { env, stdio = ["ignore", "pipe", "pipe"] }) {
    const child = spawn(command, args, { env, stdio });
    const log = createWriteStream(`${this.logFolder}/${name}.log`, { flags: "a" });
    child.stderr?.pipe(log);
    child.on("error", (error) => log.write(`${command}: ${error.message}\n`));
    this.#running.push(child);
    return child;
  }

  /** Ends all, the last started first. */
  async end() {
    for (const child of this.#running.reverse()) await end(child);
    this.#running = [];
  }
}

export async function end(child, signal = "SIGTERM") {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill(signal);
  if ((await Promise.race([gone, pause(3_000).then(() => "still there")])) === "still there") {
    child.kill("SIGKILL");
    await gone;
  }
}

/** The first line that matches, from a stream of text. */
export function firstLine(stream, pattern = /.+/, timeoutMs = patienceMs) {
  return new Promise((done, fail) => {
    let text = "";
    const timer = setTimeout(() => fail(new Error(`no line like ${pattern} came`)), timeoutMs);
    stream.setEncoding("utf8");
    stream.on("data", (piece) => {
      text += piece;
      const line = text
        .split("\n")
        .slice(0, -1)
        .find((one) => pattern.test(one));
      if (line !== undefined) {
        clearTimeout(timer);
        done(line.trim());
      }
    });
  });
}

export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** The processes that `pid` started. */
export function childrenOf(pid) {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        // "pid (name) state ppid …", where the name may hold anything
        return readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) \S /s, "").startsWith(`${pid} `);
      } catch {
        return false;
      }
    })
    .map(Number);
}

export function isRunning(pid) {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

// A desk to work at: a screen, a session bus, a keyring, notifications, a home and a clock, all private to one test.

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { App } from "./app.js";
import { Processes, firstLine, until } from "./processes.js";
import { readQrCode } from "./qrCode.js";

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const built = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug");

/** No service is started by being called: what a test did not put on the bus is not there. */
const BUS = (folder) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

export class Desk {
  /**
   * @param {string} name of the folder in .run/e2e where pictures and logs are left
   * @param {object} [wishes]
   * @param {string} [wishes.zone] the time zone that this computer is in
   * @param {string} [wishes.now] the time that its clock begins at (RFC 3339)
   * @param {boolean} [wishes.keyring] whether a Secret Service answers
   * @param {"buttons" | "plain" | "none"} [wishes.notifications] what the desktop can show
   * @param {[number, number]} [wishes.screen] its size
   * @param {string} [wishes.binary] another than the one that was built for the tests
   * @param {Record<string, string>} [wishes.env] more for the app's environment
   */
  static async open(
    name,
    { zone = "UTC", now, keyring = true, notifications = "buttons", screen = [1280, 800], binary, env = {} } = {},
  ) {
    const desk = new Desk();
    desk.left = join(root, ".run/e2e", name);
    rmSync(desk.left, { recursive: true, force: true });
    mkdirSync(desk.left, { recursive: true });
    desk.folder = mkdtempSync(join(tmpdir(), "wellmet-e2e-"));
    desk.book = join(desk.folder, "book");
    desk.binary = binary ?? process.env.WELLMET_BINARY ?? join(built, "wellmet");
    if (!existsSync(desk.binary)) throw new Error(`${desk.binary} is not built: run script/test window`);
    desk.processes = new Processes(desk.left);
    desk.apps = [];
    try {
      desk.#home({ TZ: zone, ...env });
      if (now !== undefined) desk.setClock(now);
      await desk.#screen(screen);
      await desk.#bus();
      if (keyring) await desk.#keyring();
      if (notifications !== "none") await desk.#notifications(notifications);
    } catch (error) {
      await desk.close();
      throw error;
    }
    return desk;
  }

  #home(more) {
    const place = (name) => {
      const path = join(this.folder, name);
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    };
    this.clockFile = join(this.folder, "clock.json");
    // Whatever the desktop would open a page, a link or a letter with.
    this.openedFile = join(this.folder, "opened");
    const programs = place("bin");
    writeFileSync(join(programs, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$1" >>'${this.openedFile}'\n`, { mode: 0o755 });
    this.env = {
      PATH: `${programs}:${process.env.PATH}`,
      HOME: place("home"),
      XDG_RUNTIME_DIR: place("runtime"),
      XDG_CONFIG_HOME: place("home/.config"),
      XDG_DATA_HOME: place("home/.local/share"),
      XDG_CACHE_HOME: place("home/.cache"),
      XDG_STATE_HOME: place("home/.local/state"),
      LANG: "C.UTF-8",
      GDK_BACKEND: "x11",
      GSETTINGS_BACKEND: "memory",
      LIBGL_ALWAYS_SOFTWARE: "1",
      NO_AT_BRIDGE: "1",
      RUST_BACKTRACE: "1",
      WELLMET_TEST_CLOCK: this.clockFile,
      ...more,
    };
  }

  async #screen([width, height]) {
    const xvfb = this.processes.start(
      "screen",
      "Xvfb",
      ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp", "-noreset"],
      { env: this.env, stdio: ["ignore", "ignore", "pipe", "pipe"] },
    );
    this.env.DISPLAY = `:${await firstLine(xvfb.stdio[3], /^\d+$/)}`;
  }

  async #bus() {
    const config = join(this.folder, "bus.conf");
    writeFileSync(config, BUS(this.env.XDG_RUNTIME_DIR));
    const bus = this.processes.start(
      "bus",
      "dbus-daemon",
      ["--nofork", "--nopidfile", "--print-address=1", `--config-file=${config}`],
      { env: this.env },
    );
    this.env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus.stdout, /^unix:/);
  }

  async #keyring() {
    const daemon = this.processes.start(
      "keyring",
      "gnome-keyring-daemon",
      ["--foreground", "--unlock", "--components=secrets"],
      { env: this.env, stdio: ["pipe", "ignore", "pipe"] },
    );
    daemon.stdin.end("a keyring's password");
    await until("the keyring to answer", async () => {
      const { stdout } = await run(
        "dbus-send",
        ["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"].concat([
          "org.freedesktop.DBus.NameHasOwner",
          "string:org.freedesktop.secrets",
        ]),
        { env: this.env },
      );
      return /true/.test(stdout) || undefined;
    });
  }

  async #notifications(kind) {
    this.shown = [];
    this.double = this.processes.start(
      "notifications",
      join(built, "wellmet-notification-double"),
      kind === "plain" ? ["--without-actions"] : [],
      { env: this.env, stdio: ["pipe", "pipe", "pipe"] },
    );
    let ready = false;
    createInterface({ input: this.double.stdout }).on("line", (line) => {
      const said = JSON.parse(line);
      if (said.ready) ready = true;
      if (said.notification) this.shown.push({ ...said.notification, seen: false });
    });
    await until("the notification double", () => ready || undefined);
  }

  /** From now on it is `at` (RFC 3339) here, and the clock goes on from there. */
  setClock(at) {
    if (Number.isNaN(Date.parse(at))) throw new Error(`${at} is not an instant`);
    // Renamed into place: nobody reads half a file.
    writeFileSync(`${this.clockFile}.new`, JSON.stringify({ at }));
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }

  /** The next notification, not yet asked for, whose summary or body matches. */
  notification(pattern = /./) {
    return until(
      () => `a notification like ${pattern}; shown so far: ${JSON.stringify(this.shown)}`,
      () => {
        const found = this.shown.find((one) => !one.seen && pattern.test(`${one.summary}\n${one.body}`));
        if (found) found.seen = true;
        return found;
      },
    );
  }

  /** Presses a button of a notification, by its label; without one, its body. */
  press(notification, label) {
    const button = label === undefined ? { key: "default" } : notification.actions.find((one) => one.label === label);
    if (!button) throw new Error(`no button "${label}" on ${JSON.stringify(notification)}`);
    this.double.stdin.write(`${JSON.stringify({ press: { id: notification.id, action: button.key } })}\n`);
  }

  /** The window, opened. */
  async start() {
    const app = await App.start(this, ["--book", this.book]);
    this.apps.push(app);
    return app;
  }

  /** The window on a believable association, at "Who is there?". */
  async startDemo({ people }) {
    await this.wellmet("demo", "--people", String(people));
    return this.start();
  }

  /** The window on a new book, with its director, Helen Barrow, at the desk. */
  async startNew() {
    const place = ["--country", "AU", "--zone", "Australia/Brisbane"];
    await this.wellmet("init", "--name", "Northside", ...place, "--director", "Helen Barrow");
    const app = await this.start();
    await app.sees("Nobody is waiting");
    return app;
  }

  /** The command line, at this desk and with this book. A JSON answer is parsed. */
  wellmet(...args) {
    return this.wellmetWith({}, ...args);
  }

  /** The same, with more in its environment. */
  async wellmetWith(env, ...args) {
    const { stdout } = await run(this.binary, ["--book", this.book, ...args], { env: { ...this.env, ...env } });
    return args.includes("--json") ? JSON.parse(stdout) : stdout;
  }

  /** Keys, mouse and windows of the screen itself, for what is no part of the page. */
  async xdotool(...args) {
    return (await run("xdotool", args, { env: this.env })).stdout.trim();
  }

  /** The window on the screen whose title matches, for xdotool; waits for it. */
  window(title) {
    const search = () => this.xdotool("search", "--onlyvisible", "--name", title);
    return until(`a window ${title} on the screen`, async () => (await search()).split("\n").at(-1) || undefined);
  }

  /** Whether that window is still on the screen. */
  async isShown(window) {
    const shown = await this.xdotool("search", "--onlyvisible", "--name", ".").catch(() => "");
    return shown.split("\n").includes(window);
  }

  /** A picture of the whole screen. */
  async picture(name) {
    await run("import", ["-silent", "-window", "root", join(this.left, `${name}.png`)], { env: this.env });
  }

  /** What a camera in front of the screen would read, where it finds a QR code. */
  async scan(name) {
    await this.picture(name);
    return readQrCode(join(this.left, `${name}.png`));
  }

  /** What the desktop was asked to open, in turn. */
  opened() {
    return existsSync(this.openedFile) ? readFileSync(this.openedFile, "utf8").trim().split("\n") : [];
  }

  async close() {
    // A failed test leaves its window open.
    for (const app of this.apps) await app.kill().catch(() => {});
    await this.processes.end();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

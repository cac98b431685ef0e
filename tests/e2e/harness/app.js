// The window, as a person at the keyboard meets it: by role and name, never by a selector.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import { startDriver } from "./driver.js";
import { childrenOf, end, isRunning, pause, until } from "./processes.js";

const require = createRequire(import.meta.url);
const testingLibrary = readFileSync(require.resolve("@testing-library/dom/dist/@testing-library/dom.umd.min.js"), "utf8");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = {
  Alt: "\uE00A",
  ArrowDown: "\uE015",
  ArrowLeft: "\uE012",
  ArrowRight: "\uE014",
  ArrowUp: "\uE013",
  Backspace: "\uE003",
  Control: "\uE009",
  Delete: "\uE017",
  End: "\uE010",
  Enter: "\uE007",
  Escape: "\uE00C",
  Home: "\uE011",
  PageDown: "\uE00F",
  PageUp: "\uE00E",
  Shift: "\uE008",
  Space: " ",
  Tab: "\uE004",
};

/** The last is the one that stays. */
const LOOKS = [
  ["dark", "dark", 1280, 800, 100],
  ["small", "dark", 900, 600, 100],
  ["large", "light", 1280, 800, 200],
  ["light", "light", 1280, 800, 100],
];

const asPattern = (text) => (text instanceof RegExp ? { source: text.source, flags: text.flags } : text);

export class App {
  static async start(desk, args) {
    const app = new App();
    app.desk = desk;
    app.args = args;
    await app.#open();
    return app;
  }

  async #open() {
    const driver = await startDriver(this.desk);
    this.driver = driver.process;
    this.session = await driver.open(this.desk.binary, this.args);
    [this.pid] = childrenOf(this.driver.pid);
    await until("the page to be painted", async () =>
      (await this.run(() => document.readyState === "complete" && document.body.innerText.trim() !== "")) || undefined,
    );
  }

  // --- its life ---------------------------------------------------------------------------------------------------

  /** As a power cut or the out-of-memory killer would end it. */
  async kill() {
    process.kill(this.pid, "SIGKILL");
    await until("the app to be gone", () => !isRunning(this.pid) || undefined);
    await end(this.driver);
  }

  /** As the end of a desktop session ends it: with time to close the book. */
  async quit() {
    process.kill(this.pid, "SIGTERM");
    await until("the app to be gone", () => !isRunning(this.pid) || undefined);
    await end(this.driver);
  }

  /** Opens it again after kill or quit. */
  async reopen() {
    await this.#open();
  }

  // --- what is on it ----------------------------------------------------------------------------------------------

  /** Runs `script` in the page. */
  run(script, ...args) {
    const source = typeof script === "function" ? `return (${script})(...arguments)` : script;
    return this.session.executeScript(source, args);
  }

  /** What the page's own console could ask of the core. A refusal is thrown as it came. */
  async core(command, args = {}) {
    const { data, refusal } = await this.session.executeAsyncScript(
      `const [command, args, done] = arguments;
       window.__TAURI_INTERNALS__.invoke(command, args).then((data) => done({ data }), (refusal) => done({ refusal }));`,
      [command, args],
    );
    if (refusal) throw refusal;
    return data;
  }

  /** Loads the page anew, and waits until what was there is gone: its words are no answer any more. */
  async reload() {
    await this.run(() => {
      window.isOld = true;
      window.location.reload();
    });
    await until("the page to be loaded anew", async () =>
      (await this.run(() => !window.isOld && document.readyState === "complete").catch(() => false)) || undefined,
    );
  }

  /** Goes where the address says, as a link would. */
  async go(route) {
    await this.run((route) => void (window.location.hash = route), `#/${route}`);
  }

  /** Everything that a screen reader would call `role` `name`. Options are those of Testing Library's `ByRole`. */
  all(role, name, { within, ...options } = {}) {
    return this.#query("queryAllByRole", role, name, options, within);
  }

  /** Every field with this label. */
  labelled(name, { within } = {}) {
    return this.#query("queryAllByLabelText", null, name, {}, within);
  }

  async #query(query, role, name, options, within) {
    const ask = () =>
      this.run(
        (query, role, name, options, within) => {
          const library = window.TestingLibraryDom;
          if (!library) return null;
          const pattern = name?.source === undefined ? (name ?? undefined) : new RegExp(name.source, name.flags);
          const scope = within ?? document.body;
          return role === null ? library[query](scope, pattern) : library[query](scope, role, { ...options, name: pattern });
        },
        query,
        role,
        asPattern(name) ?? null,
        options,
        within ?? null,
      );
    const found = await ask();
    if (found !== null) return found;
    await this.run(testingLibrary);
    return ask();
  }

  /** The one that there is; waits for it. */
  get(role, name, options) {
    return this.#one(`${role} ${name ?? ""}`, () => this.all(role, name, options));
  }

  #one(what, find) {
    let found = [];
    return until(
      async () => `one ${what}; there are ${found.length}. On the window: ${JSON.stringify(await this.text())}`,
      async () => {
        found = await find();
        return found.length === 1 ? found[0] : undefined;
      },
    );
  }

  async gone(role, name, options = {}) {
    await until(
      `${role} ${name ?? ""} to be gone`,
      async () => (await this.all(role, name, options)).length === 0 || undefined,
    );
  }

  /** Every word on the window, or in an element of it. */
  text(element = null) {
    return this.run((element) => (element ?? document.body).innerText, element);
  }

  /** Waits until the window says it. */
  async sees(words, { within = null } = {}) {
    const pattern = words instanceof RegExp ? words : new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const read = async () => (await this.text(within)).replace(/\s+/g, " ");
    await until(
      async () => `the words ${pattern}; it says: ${await read()}`,
      async () => pattern.test(await read()) || undefined,
    );
  }

  /** What a field with this label holds. */
  async value(label, options = {}) {
    return this.run((field) => field.value, await this.#one(`field ${label}`, () => this.labelled(label, options)));
  }

  until(what, isSo) {
    return until(what, async () => (await isSo()) || undefined);
  }

  pause(ms) {
    return pause(ms);
  }

  async attribute(element, name) {
    return this.run((element, name) => element.getAttribute(name), element, name);
  }

  // --- the keyboard -----------------------------------------------------------------------------------------------

  /** One key, or several held together: "Enter", "c", "Control+k". */
  async press(...chords) {
    for (const chord of chords) {
      const keys = chord.split(/(?<=.)\+/).map((key) => KEYS[key] ?? key);
      await this.session.performActions([
        {
          type: "key",
          id: "keyboard",
          actions: [
            ...keys.map((value) => ({ type: "keyDown", value })),
            ...keys.toReversed().map((value) => ({ type: "keyUp", value })),
          ],
        },
      ]);
    }
  }

  async type(text) {
    await this.press(...[...text].map((letter) => (letter === "\n" ? "Enter" : letter)));
  }

  /** Two frames drawn: what was asked of the page by then has begun. */
  async frames() {
    await this.session.executeAsyncScript(
      "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));",
      [],
    );
  }

  /** Waits until the keyboard is at what is called so, or asks so: it is given back a frame after a dialog is gone. */
  async keyboardAt(name) {
    const is = (called) => (name instanceof RegExp ? name.test(called) : called === name);
    const at = () =>
      this.run(() => {
        const at = document.activeElement;
        return at.ariaLabel ?? at.labels?.[0]?.innerText ?? at.innerText ?? "";
      });
    await this.until(async () => `the keyboard to be at ${name}; it is at “${await at()}”`, async () => is(await at()));
  }

  /** Where the keyboard is. */
  async focused() {
    return this.run(() => {
      const at = document.activeElement;
      return at === null || at === document.body ? null : at;
    });
  }

  /** Reaches it with Tab alone, as someone without a mouse must. */
  async tabTo(role, name, options = {}) {
    return this.#tabTo(`${role} ${name ?? ""}`, await this.get(role, name, options));
  }

  async #tabTo(what, wanted) {
    const met = [];
    while (met.length < 80) {
      const at = await this.run((wanted) => {
        const at = document.activeElement;
        return at === wanted ? null : `${at?.localName} ${at?.ariaLabel ?? at?.innerText?.slice(0, 30) ?? ""}`;
      }, wanted);
      if (at === null) return wanted;
      met.push(at);
      await this.press("Tab");
    }
    assert.fail(`Tab does not reach ${what}. It met: ${[...new Set(met)].join(" · ")}`);
  }

  /** Tabs to the field with this label, and types; what stood there is replaced. */
  async fill(label, text, { within } = {}) {
    await this.#tabTo(label, await this.#one(`field ${label}`, () => this.labelled(label, { within })));
    await this.press("Control+a");
    await this.type(text);
  }

  /** Tabs to it, and presses it. */
  async choose(role, name, options = {}) {
    await this.tabTo(role, name, options);
    await this.press(["checkbox", "radio", "switch"].includes(role) ? "Space" : "Enter");
  }

  // --- the mouse --------------------------------------------------------------------------------------------------

  async click(role, name, options = {}) {
    const element = await this.get(role, name, options);
    await this.session.elementClick(Object.values(element)[0]);
  }

  // --- who is there, and who is in the book -----------------------------------------------------------------------

  /** Says who is there: whoever stands first, by the key 1, or the one who is named. */
  async signIn(name, { pin } = {}) {
    await this.sees("Who is there?");
    if (name === undefined) await this.press("1");
    else await this.choose("button", name);
    if (pin !== undefined) {
      await this.fill("PIN", pin);
      await this.press("Enter");
    }
    await this.get("navigation", "Places");
  }

  /** Someone new in the book, in Brisbane where nothing else is said; answers their id. */
  addPerson(person) {
    return this.core("create_person", { person: { zone: "Australia/Brisbane", ...person } });
  }

  /** They left a message, and wait for us; answers the id of the promise that we owe them now. */
  async addMessage(person, words) {
    const message = { from: { known: person }, source: "voicemail", words, number: "", received_ms: null, keeper: null };
    return (await this.core("capture", { message })).promise;
  }

  /** What we owe them first. */
  async openPromise(person) {
    return (await this.core("promises_of", { person })).find(({ state }) => state === "open");
  }

  /** Fills in "Someone left a message", as fast as it is typed. */
  async takeMessage({ number, name, words }) {
    await this.press("v");
    const dialog = await this.get("dialog", "Someone left a message");
    if (number) await this.fill("Number", number, { within: dialog });
    if (name) await this.fill("Name", name, { within: dialog });
    await this.fill("What they said", words, { within: dialog });
  }

  // --- a call -----------------------------------------------------------------------------------------------------

  /** Presses the number key that stands in an answer. */
  async answer(name) {
    const key = await until(
      `${name} to have its key`,
      async () => (await this.attribute(await this.get("button", name), "aria-keyshortcuts")) ?? undefined,
    );
    // The same key again within a quarter of a second would be taken for a heavy finger.
    await pause(300);
    await this.press(key);
    await this.gone("button", name);
  }

  /** After a call: we spoke and talked it through, and this is what we learned about them. */
  async sayWeSpoke({ learned = "" } = {}) {
    await this.answer(/^We spoke/);
    await this.answer(/^We talked it through/);
    await this.sees("What did you learn about them?");
    await this.type(learned);
    await this.press("Enter");
  }

  /** What comes next: that we write to them, by the next business day. */
  async promiseToWrite(words) {
    await this.answer(/^Promise something/);
    await this.answer(/^Write$/);
    await this.sees("What do you promise?");
    await this.type(words);
    await this.press("Enter");
    await this.answer(/^The next business day/);
  }

  /** The one call that was begun and is not filed. */
  async unfinishedCall() {
    const calls = await this.core("unfinished_calls");
    assert.equal(calls.length, 1, "one call is not filed");
    return this.core("call", { id: calls[0].id });
  }

  /** That call was never made; back to Today. */
  async takeCallBack() {
    const { id } = await this.unfinishedCall();
    await this.core("call_never_made", { id });
    await this.go("today");
    await this.gone("timer");
  }

  // --- beside the page --------------------------------------------------------------------------------------------

  /**
   * Answers the desktop's own dialog for a file, as a person does who types where it is. On a busy machine it may take the
   * first letter too late, and then looks for files that are called like the rest: that is left, and asked for again.
   * @param {() => Promise<void>} ask makes the page open it
   * @param {() => boolean | Promise<boolean>} isTaken whether what was asked for has come of it
   */
  async answerFileDialog(path, { ask, isTaken }) {
    const { desk } = this;
    for (let tries = 1; tries <= 4; tries += 1) {
      await ask();
      const dialog = await desk.window("^(Open|Save) File$");
      await desk.xdotool("windowfocus", "--sync", dialog);
      await pause(900 * tries);
      await desk.xdotool("key", "ctrl+a");
      await desk.xdotool("type", "--delay", "30", path);
      // It looks the folder up while one types.
      await pause(1200 * tries);
      await desk.xdotool("key", "Return");
      const returned = Date.now();
      const came = await until(`${path} to be taken`, async () => {
        if (await isTaken()) return "taken";
        return Date.now() > returned + 5_000 && (await desk.isShown(dialog)) ? "asked still" : undefined;
      });
      if (came === "taken") return;
      await this.#leaveFileDialog(dialog);
      // It may have been taken at the last moment.
      await pause(1_000);
      if (await isTaken()) return;
    }
    assert.fail(`the dialog for a file does not take ${path}`);
  }

  /** Escape ends what is looked for, then the looking, then the dialog. A key that is sent to the window alone confuses it. */
  async #leaveFileDialog(dialog) {
    await until("the dialog for a file to close", async () => {
      if (!(await this.desk.isShown(dialog))) return true;
      await this.desk.xdotool("key", "Escape");
      await pause(500);
      return undefined;
    });
  }

  // --- looking at it ----------------------------------------------------------------------------------------------

  /** The screen's own picture: WebKit's hangs now and then where the machine is busy. */
  async picture(name) {
    await this.#atRest();
    await this.desk.picture(name);
  }

  /** What rises or fades has come to rest; a caret blinks on. */
  async #atRest() {
    await this.until("nothing to move any more", () =>
      this.run(() => document.getAnimations().every((each) => each.effect.getComputedTiming().endTime === Infinity)),
    );
  }

  /**
   * What is on it now by day, by night, in a small window and twice as large: accessible, and never to be scrolled
   * sideways. A picture of each is left, to be looked at.
   */
  async looks(name) {
    for (const [look, theme, width, height, percent] of LOOKS) {
      await this.resize(width, height);
      await this.core("set_zoom", { percent });
      await this.run((theme) => {
        document.documentElement.dataset.theme = theme;
      }, theme);
      const inside = Math.round((width * 100) / percent);
      await this.until("the window to be of its size", async () => (await this.size())[0] === inside);
      await this.isAccessible(`${name}, ${look}`);
      assert.deepEqual(await this.cutOff(), [], `${name}, ${look}, is cut off, or would have to be scrolled sideways`);
      await this.picture(`${name}-${look}`);
    }
  }

  /** Holds the window against WCAG 2.2 AA; what fails is told with the place and the way out. */
  async isAccessible(where, { except = [] } = {}) {
    if (!(await this.run(() => "axe" in window))) await this.run(axe);
    // A fade begins with the frame after what began it; what fades in has no contrast yet.
    await this.frames();
    await this.#atRest();
    const { violations } = await this.session.executeAsyncScript(
      `const [except, done] = arguments;
       const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
       window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], rules })
         .then(done, (error) => done({ violations: [{ id: "axe", help: String(error), nodes: [] }] }));`,
      [except],
    );
    const told = violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html}\n    ${failureSummary}`).join("\n")}`,
    );
    assert.equal(told.length, 0, `${where} is not accessible:\n${told.join("\n")}`);
  }

  /** The window at another size. */
  async resize(width, height) {
    await this.session.setWindowRect(null, null, width, height);
  }

  async size() {
    return this.run(() => [window.innerWidth, window.innerHeight]);
  }

  /**
   * What is wider than the place that it has: it would have to be scrolled sideways, or is cut off. Not where an ellipsis
   * says so.
   */
  async cutOff() {
    return this.run(() => {
      const told = [];
      for (const place of document.querySelectorAll("*")) {
        if (place.scrollWidth <= place.clientWidth + 1 || place.clientWidth < 2) continue;
        const { overflowX, textOverflow, display } = getComputedStyle(place);
        const isRoot = place === document.documentElement;
        if (place.closest(".sr-only") || display === "inline" || (overflowX === "visible" && !isRoot)) continue;
        // What is typed runs on in its field, and a map is moved about.
        if (textOverflow === "ellipsis" || place.matches("input, textarea, .react-flow")) continue;
        told.push(`${place.localName}.${place.className}: ${place.scrollWidth} in ${place.clientWidth}`);
      }
      return told;
    });
  }
}


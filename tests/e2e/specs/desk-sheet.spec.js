// Call sheets on real paper, or as near to it as a computer comes: the window's own print dialog, into a PDF that is read
// again. A window under WebDriver prints nothing, so that here keys and mouse come from the screen.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { promisify } from "node:util";

import { Desk } from "../harness/desk.js";
import { end, pause, until } from "../harness/processes.js";
import { readQrCode } from "../harness/qrCode.js";
import { story } from "../harness/steps.js";

const run = promisify(execFile);

const RTL = "رانيا عبد الرحمن الحداد";
const LONG = "She told us all of it, from the beginning. ".repeat(240);

describe("call sheets", () => {
  const step = story();
  let desk;
  let window;
  let paper;

  const key = (...keys) => desk.xdotool("key", "--clearmodifiers", "--delay", "60", ...keys);

  before(async () => {
    desk = await Desk.open("desk-sheet", {
      zone: "Australia/Brisbane",
      now: "2026-11-02T10:00:00+10:00",
      env: { GTK_THEME: "Adwaita:dark" },
    });
    // Where GTK puts what is printed to a file.
    const documents = join(desk.env.HOME, "Documents");
    mkdirSync(documents);
    writeFileSync(join(desk.env.XDG_CONFIG_HOME, "user-dirs.dirs"), `XDG_DOCUMENTS_DIR="${documents}"\n`);
    paper = join(documents, "output.pdf");
    const app = await desk.startNew();
    const someone = async (name, phone, organisation) => {
      const id = await app.addPerson({ name, phone, organisation });
      await app.addMessage(id, "How to join");
      return id;
    };
    const percy = await someone("Percy Drake", "07 3456 7890 ext 12", "Vellum Stationers");
    await app.core("add_fact", { person: percy, words: LONG, learnedFrom: "" });
    await app.core("add_fact", { person: percy, words: '<b>Bold</b> & "quoted" 🦜', learnedFrom: "" });
    await someone(RTL, "0412 555 016", "شركة الحداد للتصميم");
    for (const letter of "ABCDEFGHIJKL") await someone(`${letter}da ${letter}orth`, "", "");
    await app.quit();
    desk.setClock("2026-11-23T10:05:00+10:00");
  });
  after(() => desk?.close());

  const onScreen = (title) => desk.window(`^${title}$`);

  /** The window as it is without WebDriver. */
  async function open() {
    window = desk.processes.start("window-alone", desk.binary, ["--book", desk.book], { env: desk.env });
    await onScreen("Wellmet");
    await pause(3_000);
    await desk.xdotool("mousemove", "450", "20", "click", "1");
  }

  /** Through the desktop's own print dialog; answers the pages' text. */
  async function printed(name) {
    rmSync(paper, { force: true });
    const dialog = await onScreen("Print");
    await pause(500);
    // Of the printers, the one that is always there.
    await desk.xdotool("mousemove", "--window", dialog, "84", "87", "click", "1");
    await pause(500);
    await desk.picture(`${name}-dialog`);
    await key("alt+p");
    const isWhole = () => existsSync(paper) && readFileSync(paper).subarray(-6).includes("EOF");
    await until("the paper", () => isWhole() || undefined);
    await run("pdftoppm", ["-r", "110", "-png", paper, join(desk.left, name)]);
    const { stdout } = await run("pdftotext", ["-layout", paper, "-"]);
    return stdout.split("\f").slice(0, -1);
  }

  const digits = (text) => text.replace(/\D/g, "");

  step("the brief of one person, on one page, with blanks and a covered number", async () => {
    await open();
    await desk.picture("01-today");
    await key("p");
    await pause(1_200);
    await desk.picture("02-before-printing");
    await key("Return");
    const pages = await printed("one");
    assert.equal(pages.length, 1, "ten thousand characters do not spoil the paper");
    const [page] = pages;
    for (const words of [
      "Northside · call sheet of Monday 23 November",
      "Percy Drake",
      "Left a message on 2 November: “How to join”",
      "Waiting for us: 21 days",
      "Phone ending 890",
      "(the rest stands in Wellmet)",
      '<b>Bold</b> & "quoted"',
      "We spoke",
      "Wrong number",
      "What was said",
      "A note for the next caller",
    ]) {
      assert.ok(page.includes(words), `the sheet says “${words}”:\n${page}`);
    }
    assert.ok(!digits(page).includes("734567890"), "the number is covered");
  });

  step("from within a call that has begun, its number and a code that a telephone reads off the paper", async () => {
    await key("Escape");
    await pause(600);
    await key("c");
    await pause(1_500);
    await key("Return");
    await pause(2_000);
    await desk.picture("03-desk");
    await key("p");
    await pause(1_200);
    await key("Return");
    const [page] = await printed("call");
    assert.ok(digits(page).includes("734567890"), page);
    assert.equal(await readQrCode(join(desk.left, "call-1.png")), "tel:+61734567890;ext=12");
  });

  step("everyone on the list, a few lines each, whoever they are", async () => {
    await end(window);
    await open();
    await key("p");
    await pause(1_200);
    await desk.picture("04-whose");
    // To the choice of whose; the last of it is everyone.
    await key("Shift+Tab", "Shift+Tab");
    await key("Return");
    await pause(500);
    await key("End", "Return");
    await pause(800);
    await key("Tab");
    await key("Return");
    await pause(500);
    await key("End", "Return");
    await pause(1_200);
    await desk.picture("05-everyone");
    await key("Tab", "Tab");
    await key("Return");
    const pages = await printed("list");
    const all = pages.join("\n");
    assert.ok(pages.length > 1 && pages.length < 6, `${pages.length} pages for fourteen people`);
    for (const letter of "ABCDEFGHIJKL") assert.ok(all.includes(`${letter}da ${letter}orth`), `${letter} is on the list`);
    assert.ok(all.includes("Phone ending 016") && !digits(all).includes("412555016"), "numbers are covered");
  });
});

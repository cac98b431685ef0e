// Every screen of a believable association, light and wide, dark and small: each is accessible, needs no sideways
// scrolling, and is left behind as a picture for whoever wants to look.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Desk } from "../harness/desk.js";

const LOOKS = [
  ["light", 1280, 800],
  ["dark", 900, 600],
];
/** The arrows of the palette's own field move through its list, and scroll it. */
const EXCEPT = { palette: ["scrollable-region-focusable"] };
const SETTINGS = ["association", "hours", "closures", "targets", "retry", "ringing", "people", "safety", "edits", "computer"];

describe("every screen", () => {
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("screens", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people: 400 });
    await app.signIn();
  });
  after(() => desk?.close());

  async function scripts(view) {
    await app.go("scripts");
    await app.get("heading", "Scripts", { level: 1 });
    if (view === "list") return;
    const link = await app.get("link", /^First call back/);
    await app.go(`${(await app.attribute(link, "href")).slice(2)}/-/${view}`);
    await app.get("heading", "First call back", { level: 1 });
    if (view !== "text") await app.get("tab", new RegExp(view, "i"), { selected: true });
  }

  const screens = {
    today: async () => {
      await app.go("today");
      await app.sees(/Late|Due today|Coming up/);
    },
    people: async () => {
      await app.go("people");
      await app.sees(/400 people/);
    },
    person: async () => {
      await app.go("people");
      await app.sees(/400 people/);
      await app.press("j", "Enter");
      await app.sees("So far");
    },
    duplicates: async () => {
      await app.go("duplicates");
      await app.sees(/people looked at/);
    },
    import: async () => {
      await app.go("import");
      await app.get("main");
    },
    ...Object.fromEntries(
      SETTINGS.map((section) => [
        `settings-${section}`,
        async () => {
          await app.go(`settings/${section}`);
          await app.get("main");
        },
      ]),
    ),
    ...Object.fromEntries(
      ["list", "text", "preview", "map", "versions"].map((view) => [`scripts-${view}`, () => scripts(view)]),
    ),
    palette: async () => {
      await app.go("today");
      await app.press("Control+k");
      await app.get("dialog");
    },
    keys: async () => {
      await app.go("today");
      await app.press("?");
      await app.get("dialog", "Keys");
    },
    capture: async () => {
      await app.go("today");
      await app.press("v");
      await app.get("dialog", "Someone left a message");
    },
    inbox: async () => {
      await app.go("today");
      await app.choose("button", /^Inbox/);
      await app.get("dialog", "Inbox");
    },
  };

  for (const [theme, width, height] of LOOKS) {
    for (const [name, open] of Object.entries(screens)) {
      test(`${name}, ${theme}, ${width}×${height}`, async () => {
        await app.resize(width, height);
        await app.run((theme) => void (document.documentElement.dataset.theme = theme), theme);
        try {
          await open();
          await app.isAccessible(name, { except: EXCEPT[name] });
          assert.deepEqual(await app.cutOff(), [], `${name} would have to be scrolled sideways`);
        } finally {
          await app.picture(`${name}-${theme}-${width}`);
          await app.press("Escape");
          await app.until("the dialog to be gone", async () => (await app.all("dialog")).length === 0);
        }
      });
    }
  }
});

// Draws docs/pictures anew: the real window on the sample association.
//
//   node tests/e2e/pictures.js        after script/test window has built what it needs

import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Desk } from "./harness/desk.js";
import { pause } from "./harness/processes.js";

const pictures = join(dirname(fileURLToPath(import.meta.url)), "../../docs/pictures");
mkdirSync(pictures, { recursive: true });

const desk = await Desk.open("pictures", { now: "2026-11-23T11:40:00+10:00" });
const keep = async (name) => {
  // Fades have ended, and what was asked for is there.
  await pause(1200);
  await desk.picture(name);
  copyFileSync(join(desk.left, `${name}.png`), join(pictures, `${name}.png`));
};
try {
  const app = await desk.startDemo({ people: 400 });
  await app.signIn();
  await app.sees("waiting for us");
  await app.press("j", "Enter");
  await keep("today");
  await app.press("v");
  await keep("message");
  await app.press("Escape");
  await pause(500);
  await app.press("c");
  await pause(1200);
  await app.press("Enter");
  await pause(1200);
  await app.press("1");
  await keep("call");
  await app.takeCallBack();
  const director = (await app.core("volunteers")).find(({ role }) => role === "director");
  await app.core("sign_in", { id: director.id, pin: null });
  const script = (await app.core("script_list")).find(({ name }) => name === "Call back after a long wait");
  await app.go(`scripts/${script.id}`);
  await app.reload();
  await app.get("heading", script.name, { level: 1 });
  await app.fill("Find someone to try it with", "Ha");
  await app.until("someone to be found", async () => (await app.all("option", /Ha/)).length > 0);
  await app.press("ArrowDown", "Enter");
  await app.sees("As said to");
  await keep("script");
} finally {
  await desk.close();
}

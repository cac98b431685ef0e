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
let app;
const choose = async (list, option) => {
  await app.choose("button", new RegExp(`^${list}|${list}$`));
  await app.get("listbox");
  await app.type(option);
  await app.press("Enter");
  await app.gone("listbox");
};
try {
  app = await desk.startDemo({ people: 400 });
  await app.signIn();
  await app.sees("waiting for us");
  await app.press("j", "Enter");
  await keep("today");
  await app.press("c");
  await pause(1200);
  await app.press("Enter");
  await pause(1200);
  await app.press("1");
  await keep("call");
  await app.takeCallBack();
  const volunteers = await app.core("volunteers");
  const director = volunteers.find(({ role }) => role === "director");
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
  // Less than would come, so that the forecast has something to say.
  const capacities = volunteers.map(({ id }) => ({ volunteer: id, works_on: 31, daily_limit: 3 }));
  await app.core("set_capacities", { capacities });
  await app.go("people");
  await app.sees("people in the book");
  await choose("Tag", "Volunteer");
  await app.sees("people match");
  await keep("people");
  await app.choose("button", "Into a plan");
  const dialog = await app.get("dialog");
  await choose("Plan", "Quiet");
  await app.sees("enter.", { within: dialog });
  await app.run((list) => list.scrollIntoView({ block: "end" }), await app.get("list", "What would help"));
  await keep("plan");
} finally {
  await desk.close();
}

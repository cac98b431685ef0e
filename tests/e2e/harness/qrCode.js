// What a camera in front of a picture would read.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import jsQR from "jsqr";

const run = promisify(execFile);

/** The words of the QR code on this picture, where there is one. */
export async function readQrCode(picture) {
  const { stdout: size } = await run("identify", ["-format", "%w %h", picture]);
  const [width, height] = size.split(" ").map(Number);
  const pixels = ["-depth", "8", "rgba:-"];
  const { stdout } = await run("convert", [picture, ...pixels], { encoding: "buffer", maxBuffer: 4 * width * height + 1 });
  return jsQR(new Uint8ClampedArray(stdout), width, height)?.data ?? null;
}

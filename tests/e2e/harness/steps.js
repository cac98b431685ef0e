// Tests that are one story: where one fails, those after it have nothing to stand on.

import { test } from "node:test";

export function story() {
  let broken = false;
  return (name, act) =>
    test(name, async (context) => {
      if (broken) return context.skip("an earlier step failed");
      try {
        await act(context);
      } catch (error) {
        broken = true;
        throw error;
      }
    });
}

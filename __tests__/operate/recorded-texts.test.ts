import { explain } from "../../lib/operate/explain";
import { RECORDED_TEXTS } from "./recorded-texts";

test.each(RECORDED_TEXTS)("%s", (text, id) => {
  expect(explain({ summary: "an error", detail: text }, undefined).rule).toBe(id);
});

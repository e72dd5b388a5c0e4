export { type BerthMatchers, matchers, type Verdict } from "./matchers";
export { snapshotSerializer } from "./snapshot";
export { type Synthesized, synth } from "./synth";
export { Template, type TemplateResource } from "./template";

export { type Synthesized, synth } from "./synth";
export { Template, type TemplateResource } from "./template";

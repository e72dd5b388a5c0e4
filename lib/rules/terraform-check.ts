import { Suggestions, suggestion } from "../core/nearest";
import { attributeOn, type Document, isObject, type Json, member } from "./document";
import { quoted } from "./look";
import { outputsAndLocals } from "./outputs-and-locals";
import { expressions, isPlain, isUnclosed } from "./references";
import type { Finding } from "./rule";
import { blockFindings } from "./terraform-blocks";
import { ARGUMENTS, FUNCTIONS } from "./terraform-functions";
import { checkMeta, type See } from "./terraform-meta";

const WORDS: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** What an instance is told of itself, and the argument that makes instances. */
const INSTANCE = [
  ["count.index", "count"],
  ["each.key", "for_each"],
  ["each.value", "for_each"],
] as const;

/** What Terraform itself refuses before it asks any provider: names, meta-arguments, templates, variables, functions. */
export function checkTerraform(document: Document): Finding[] {
  const found: Finding[] = [];
  const suggestions = new Suggestions();
  const declared = new Set(Object.keys(member(document.json, "variable") ?? {}));
  const locals = new Set(Object.keys(member(document.json, "locals") ?? {}));
  for (const one of [...document.all, ...document.providers, ...outputsAndLocals(document)]) {
    const see: See = (rule, sight) =>
      found.push({
        ...sight,
        attribute: attributeOn(one, sight.attribute),
        rule: `schema/${rule}`,
        severity: "error",
        address: one.address,
        path: one.path,
      });
    checkTexts(one.body, { declared, locals, suggestions }, see);
    checkUnread(one.body, document, see);
    if (one.kind !== "provider" && one.type !== "output" && one.type !== "local") {
      checkMeta(one, document, see);
    }
  }
  found.push(...blockFindings(document));
  return found;
}

/** What texts may name, and how much is spent on what they meant. */
interface Names {
  readonly declared: ReadonlySet<string>;
  readonly locals: ReadonlySet<string>;
  readonly suggestions: Suggestions;
}

function checkTexts(body: Json, { declared, locals, suggestions }: Names, see: See): void {
  for (const [attribute, code, template] of expressions(body)) {
    if (code === "" || isPlain(template)) {
      continue;
    }
    if (isUnclosed(template)) {
      see("template", {
        attribute,
        bound: "close every template that it opens",
        value: quoted(template.length > 60 ? `${template.slice(0, 60)}…` : template),
        fix: "write $${ or %%{ where the text is meant as it stands",
      });
    }
    for (const shell of shellTexts(template)) {
      see("template", {
        attribute,
        bound: "hold no template that Terraform cannot read",
        value: quoted(shell),
        fix: `write "${shell[0]}${shell}" where the text is meant as it stands`,
      });
    }
    for (const [word, needed] of INSTANCE) {
      if (code.includes(word) && body[needed] === undefined && body.dynamic === undefined) {
        see("instance", { attribute, bound: `stand with ${needed}`, value: `${word}… without it` });
      }
    }
    for (const [, name = ""] of code.matchAll(/(?<![\w.])var\.([\w-]+)/g)) {
      if (!declared.has(name)) {
        const near = suggestions.near(name, () => [...declared]);
        const fix = near === undefined ? "declare it" : `did you mean "var.${near}"?`;
        see("unknown-variable", { attribute, bound: "refer to a declared variable", value: `var.${name}`, fix });
      }
    }
    for (const [, name = ""] of code.matchAll(/(?<![\w.])local\.([\w-]+)/g)) {
      if (!locals.has(name)) {
        see("unknown-reference", { attribute, bound: "refer to a local of this stack", value: `local.${name}` });
      }
    }
    for (const [, name = ""] of code.matchAll(/(?<![\w.:])([a-z]\w*)\(/g)) {
      if (!FUNCTIONS.has(name) && name !== "for" && name !== "if") {
        const fix = suggestion(name, [...FUNCTIONS]);
        see("unknown-function", { attribute, bound: "call functions that Terraform has", value: `${name}()`, fix });
      }
    }
    const [, clock = ""] = /(?<![\w.:])(timestamp|uuid|bcrypt)\(/.exec(code) ?? [];
    if (clock !== "" && !STEADY.test(attribute) && !isIgnored(body, attribute)) {
      see("never-the-same", {
        attribute,
        bound: "be the same in every plan",
        value: `${clock}()`,
        fix: clock === "timestamp" ? "a time that is given as a variable" : "make it once, in a variable",
      });
    }
    for (const [, member = ""] of isObject(body.for_each) ? code.matchAll(/(?<![\w.])each\.value\.(\w+)/g) : []) {
      const lacking = Object.entries(body.for_each as Json).find(([, one]) => isObject(one) && !(member in one));
      if (lacking) {
        see("unknown-reference", {
          attribute,
          bound: "refer to what every value of for_each has",
          value: `each.value.${member}, which ${quoted(lacking[0])} has not`,
        });
      }
    }
    for (const { name, count } of callsIn(code)) {
      const [least = 0, most = Number.POSITIVE_INFINITY] = ARGUMENTS.get(name) ?? [];
      if (count > most || (least > 1 && count < least)) {
        const bound = least === most ? `take ${least} arguments` : `take ${least} arguments or more`;
        see("function-arguments", { attribute, bound, value: `${name}() with ${count}` });
      }
    }
  }
}

/** Templates that are somebody else's: the shell's `${HOME}` and `${PORT:-80}`, curl's `%{http_code}`. */
function* shellTexts(template: string): Generator<string> {
  for (const [text, code = ""] of template.matchAll(/(?<!\$)\$\{([^{}"]*)\}/g)) {
    const word = code.trim();
    if (
      /^\w+\s*(:?[-=?+]|##?|%%?|\/\/?)(?![=>])/.test(word)
        ? !/^\w+\s+[-+%/?]/.test(word) && !/^\d/.test(word)
        : /^[A-Za-z_]\w*$/.test(word) && !WORDS.has(word)
    ) {
      yield text;
    }
  }
  for (const [text, code = ""] of template.matchAll(/(?<!%)%\{~?([^{}"]*)\}/g)) {
    if (!/^\s*(if|else|endif|for|endfor)\b/.test(code)) {
      yield text;
    }
  }
}

/** Where what differs in every plan is meant to. */
const STEADY = /^(triggers|triggers_replace|input|pull_triggers|tag_triggers)\b/;

function isIgnored({ lifecycle }: Json, attribute: string): boolean {
  const ignored = isObject(lifecycle) ? lifecycle.ignore_changes : undefined;
  const first = attribute.split(".")[0] ?? "";
  return ignored === "all" || (Array.isArray(ignored) && ignored.some((one) => String(one).startsWith(first)));
}

/**
 * The calls in a code whose quoted texts are left out, with the number of their arguments as far as commas tell: one where it
 * may be none.
 */
function* callsIn(code: string): Generator<{ name: string; count: number }> {
  for (const match of code.matchAll(/(?<![\w.:])([a-z]\w*)\(/g)) {
    let depth = 1;
    let count = 1;
    let at = match.index + match[0].length;
    for (; at < code.length && depth > 0; at++) {
      const one = code[at] ?? "";
      depth += "([{".includes(one) ? 1 : ")]}".includes(one) ? -1 : 0;
      count += one === "," && depth === 1 ? 1 : 0;
    }
    const inside = code.slice(match.index, at);
    if (depth === 0 && !inside.includes("...") && !/,\s*\)$/.test(inside)) {
      yield { name: match[1] ?? "", count };
    }
  }
}

/** References that Terraform takes for plain text: without `${}`, or with one `$` too many. */
function checkUnread(body: Json, document: Document, see: See): void {
  for (const [attribute, , text] of expressions(body)) {
    const [, bare = "", address = ""] =
      /^(\$\$\{)?((?:data\.)?(?:docker|libvirt|tls)_\w+\.[\w-]+)\.\w+\}?$/.exec(text) ?? [];
    if (address !== "" && document.at(address) && !META.has(attribute.split(".")[0] ?? "")) {
      see("unread-reference", {
        attribute,
        bound: "be a reference that Terraform reads",
        value: quoted(text),
        fix: bare === "" ? `write "\${${text}}"` : `write "${text.slice(1)}"`,
      });
    }
  }
}

/** Where references stand bare. */
const META: ReadonlySet<string> = new Set(["depends_on", "lifecycle", "provider"]);

import { nearest, suggestion } from "../core/nearest";
import { alone } from "./alone";
import { attributeOn, type Document, isObject, type Json, member, type Rendered } from "./document";
import { quoted } from "./look";
import { outputsAndLocals } from "./outputs-and-locals";
import { expressions } from "./references";
import type { Finding, Sight } from "./rule";
import { FUNCTIONS } from "./terraform-functions";

const NAME = /^[A-Za-z_][\w-]*$/;
const LIFECYCLE: readonly string[] = [
  "create_before_destroy",
  "prevent_destroy",
  "ignore_changes",
  "replace_triggered_by",
  "precondition",
  "postcondition",
  "action_trigger",
];
const WORDS: ReadonlySet<string> = new Set(["true", "false", "null"]);

/** What an instance is told of itself, and the argument that makes instances. */
const INSTANCE = [
  ["count.index", "count"],
  ["each.key", "for_each"],
  ["each.value", "for_each"],
] as const;

type See = (rule: string, sight: Sight) => void;

/** What Terraform itself refuses before it asks any provider: names, meta-arguments, templates, variables, functions. */
export function checkTerraform(document: Document): Finding[] {
  const found: Finding[] = [];
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
    checkTexts(one.body, declared, locals, see);
    if (one.kind !== "provider" && one.type !== "output" && one.type !== "local") {
      checkMeta(one, document, see);
    }
  }
  found.push(...variableFindings(document), ...outputFindings(document));
  return found;
}

/** Defaults that are not of their variable's type. */
function variableFindings(document: Document): Finding[] {
  return Object.entries(member(document.json, "variable") ?? {}).flatMap(([name, body]) => {
    const { type, default: value } = isObject(body) ? body : {};
    const fits =
      value === undefined ||
      value === null ||
      ((type === "number" ? Number.isFinite(Number(value)) && value !== "" && typeof value !== "boolean" : true) &&
        (type === "bool" ? typeof value === "boolean" || value === "true" || value === "false" : true) &&
        (type === "string" ? typeof value !== "object" : true) &&
        (/^(list|set|tuple)\(/.test(String(type)) ? Array.isArray(value) : true) &&
        (/^(map|object)\(/.test(String(type)) ? isObject(value) : true));
    return fits
      ? []
      : [
          finding(`variable.${name}`, "type", {
            attribute: `variable.${name}.default`,
            bound: `be of type ${String(type)}`,
            value: quoted(value),
          }),
        ];
  });
}

/** Outputs that show a sensitive variable without saying so. */
function outputFindings(document: Document): Finding[] {
  const variables = member(document.json, "variable") ?? {};
  return Object.entries(member(document.json, "output") ?? {}).flatMap(([name, body]) => {
    const { value, sensitive } = isObject(body) ? body : {};
    const secret = [...expressions(value)]
      .filter(([, code]) => !code.includes("nonsensitive("))
      .flatMap(([, code]) => [...code.matchAll(/(?<![\w.])var\.([\w-]+)/g)].map(([, one = ""]) => one))
      .find((one) => member(variables, one)?.sensitive === true);
    return secret === undefined || sensitive === true
      ? []
      : [
          finding(`output.${name}`, "sensitive-output", {
            attribute: `output.${name}.sensitive`,
            bound: "be true for a sensitive value",
            value: `var.${secret}`,
          }),
        ];
  });
}

function finding(address: string, rule: string, sight: Sight): Finding {
  return { ...sight, rule: `schema/${rule}`, severity: "error", address, path: undefined };
}

function checkTexts(body: Json, declared: ReadonlySet<string>, locals: ReadonlySet<string>, see: See): void {
  for (const [attribute, code, template] of expressions(body)) {
    if (code === "") {
      continue;
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
        const near = nearest(name, [...declared]);
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

function checkMeta({ address, type, body }: Rendered, document: Document, see: See): void {
  const name = address.slice(address.lastIndexOf(`${type}.`) + type.length + 1);
  if (!NAME.test(name)) {
    see("resource-name", {
      attribute: "name of the resource",
      bound: "be letters, digits, '_' or '-', not beginning with a digit",
      value: quoted(name),
    });
  }
  const { provider, count, for_each: each, lifecycle, depends_on: after } = body;
  if (typeof provider === "string" && provider.includes(".") && !document.at(`provider.${provider}`)) {
    const known = document.providers.map((one) => one.address.slice("provider.".length));
    const fix = suggestion(provider, known) ?? "add its block";
    see("unknown-provider", {
      attribute: "provider",
      bound: "be a provider block of this stack",
      value: quoted(provider),
      fix,
    });
  }
  if (count !== undefined && each !== undefined) {
    see("count-and-for-each", { attribute: "count", bound: "be left out where for_each is set", value: "both" });
  }
  if (Array.isArray(each)) {
    see("for-each-list", { attribute: "for_each", bound: "be a map or a set", value: "a list", fix: "${toset([…])}" });
  }
  if (Number(count) > 1 || isObject(each) || (typeof each === "string" && !each.includes("?"))) {
    const what = each === undefined ? `${String(count)} times` : "for each of for_each";
    for (const { attribute, value } of alone(type, body)) {
      see("one-of-many", {
        attribute,
        bound: "be another one for each instance",
        value: `${quoted(value)} ${what}`,
        fix: each === undefined ? "make it of ${count.index}" : "make it of ${each.key}",
      });
    }
  }
  for (const word of Object.keys(isObject(lifecycle) ? lifecycle : {}).filter((one) => !LIFECYCLE.includes(one))) {
    const fix = suggestion(word, LIFECYCLE);
    see("unknown-attribute", {
      attribute: `lifecycle.${word}`,
      bound: "be a word that lifecycle knows",
      value: quoted(word),
      fix,
    });
  }
  for (const one of Array.isArray(after) ? (after as unknown[]) : []) {
    if (typeof one === "string" && !/^(\$\{)?[\w-]+(\.[\w-]+)+(\[[^\]]*\])?\}?$/.test(one)) {
      see("depends-on", { attribute: "depends_on", bound: "name resources, as type and name", value: quoted(one) });
    }
  }
}

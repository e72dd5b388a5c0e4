import { suggestion } from "../core/nearest";
import { blocks, type Document, isObject, member } from "./document";
import { quoted } from "./look";
import { expressions } from "./references";
import type { Finding, Sight } from "./rule";

const TOP: readonly string[] = [
  "terraform",
  "provider",
  "resource",
  "data",
  "ephemeral",
  "variable",
  "output",
  "locals",
  "module",
  "moved",
  "import",
  "removed",
  "check",
];
const OF_VARIABLE: readonly string[] = [
  "type",
  "default",
  "description",
  "sensitive",
  "nullable",
  "ephemeral",
  "validation",
];
const OF_OUTPUT: readonly string[] = ["value", "description", "sensitive", "depends_on", "ephemeral", "precondition"];
const TYPE = /^(any|string|bool|number|(list|set|map|object|tuple|optional)\(.*\)|list|set|map)$/s;

/** What Terraform refuses in the blocks that are no resources: variables, outputs, providers, and the document itself. */
export function blockFindings(document: Document): Finding[] {
  return [
    ...topFindings(document),
    ...providerFindings(document),
    ...variableFindings(document),
    ...outputFindings(document),
  ];
}

function topFindings({ json }: Document): Finding[] {
  return Object.keys(json)
    .filter((word) => word !== "//" && !TOP.includes(word))
    .map((word) =>
      finding(word, "unknown-attribute", {
        attribute: word,
        bound: "be a block that Terraform has",
        value: quoted(word),
        fix: suggestion(word, TOP),
      }),
    );
}

/** Two provider blocks that cannot be told apart. */
function providerFindings({ providers }: Document): Finding[] {
  const seen = new Set<string>();
  return providers.flatMap(({ address, path }) => {
    const known = seen.has(address);
    seen.add(address);
    return known
      ? [
          {
            ...finding(address, "provider-twice", {
              attribute: `${address}.alias`,
              bound: "be another one for each block of a provider",
              value: "none twice",
              fix: "give one of them an alias",
            }),
            path,
          },
        ]
      : [];
  });
}

/** Variables whose type is none, whose default is of another one, or that have words which no variable has. */
function variableFindings(document: Document): Finding[] {
  return Object.entries(member(document.json, "variable") ?? {}).flatMap(([name, body]) => {
    const at = `variable.${name}`;
    const { type, default: value } = isObject(body) ? body : {};
    const fits =
      value === undefined ||
      value === null ||
      ((type === "number" ? Number.isFinite(Number(value)) && value !== "" && typeof value !== "boolean" : true) &&
        (type === "bool" ? typeof value === "boolean" || value === "true" || value === "false" : true) &&
        (type === "string" ? typeof value !== "object" : true) &&
        (/^(list|set|tuple)\(/.test(String(type)) ? Array.isArray(value) : true) &&
        (/^(map|object)\(/.test(String(type)) ? isObject(value) : true));
    return [
      ...unknownWords(at, body, OF_VARIABLE),
      ...(type === undefined || TYPE.test(String(type).replace(/^\$\{(.*)\}$/s, "$1"))
        ? []
        : [
            finding(at, "type", {
              attribute: `${at}.type`,
              bound: "be a type that Terraform has",
              value: quoted(type),
              fix:
                suggestion(String(type), ["string", "number", "bool", "any"]) ??
                "such as string, number or list(string)",
            }),
          ]),
      ...(fits
        ? []
        : [
            finding(at, "type", {
              attribute: `${at}.default`,
              bound: `be of type ${String(type)}`,
              value: quoted(value),
            }),
          ]),
      ...blocks(isObject(body) ? body.validation : undefined).flatMap((validation) =>
        ["condition", "error_message"]
          .filter((word) => validation[word] === undefined)
          .map((word) =>
            finding(at, "missing-attribute", {
              attribute: `${at}.validation.${word}`,
              bound: "be set",
              value: "nothing",
            }),
          ),
      ),
    ];
  });
}

function unknownWords(address: string, body: unknown, known: readonly string[]): Finding[] {
  return Object.keys(isObject(body) ? body : {})
    .filter((word) => word !== "//" && !known.includes(word))
    .map((word) =>
      finding(address, "unknown-attribute", {
        attribute: `${address}.${word}`,
        bound: "be a word that Terraform has there",
        value: quoted(word),
        fix: suggestion(word, known),
      }),
    );
}

/** Outputs without a value, or that show a sensitive variable without saying so. */
function outputFindings(document: Document): Finding[] {
  const variables = member(document.json, "variable") ?? {};
  return Object.entries(member(document.json, "output") ?? {}).flatMap(([name, body]) => {
    const { value, sensitive } = isObject(body) ? body : {};
    const secret = [...expressions(value)]
      .filter(([, code]) => !code.includes("nonsensitive("))
      .flatMap(([, code]) => [...code.matchAll(/(?<![\w.])var\.([\w-]+)/g)].map(([, one = ""]) => one))
      .find((one) => member(variables, one)?.sensitive === true);
    const at = `output.${name}`;
    return [
      ...unknownWords(at, body, OF_OUTPUT),
      ...(value === undefined
        ? [finding(at, "missing-attribute", { attribute: `${at}.value`, bound: "be set", value: "nothing" })]
        : []),
      ...(secret === undefined || sensitive === true
        ? []
        : [
            finding(at, "sensitive-output", {
              attribute: `${at}.sensitive`,
              bound: "be true for a sensitive value",
              value: `var.${secret}`,
            }),
          ]),
    ];
  });
}

function finding(address: string, rule: string, sight: Sight): Finding {
  return { ...sight, rule: `schema/${rule}`, severity: "error", address, path: undefined };
}

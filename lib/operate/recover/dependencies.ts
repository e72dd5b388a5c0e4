import { type Document, member, providerOf, type Rendered } from "../../rules/document";
import { referencesIn } from "../../rules/references";

/**
 * What a resource stands on, as Terraform writes it into the state, which has to know it when the code does not any more: every
 * resource that it refers to or waits for, directly or through others, the block of its provider among them.
 */
export function dependenciesOf({ address: own, type, body }: Rendered, stack: Document): readonly string[] {
  const found = new Set<string>();
  const open = [...direct(type, body)];
  for (let address = open.pop(); address !== undefined; address = open.pop()) {
    if (!found.has(address)) {
      found.add(address);
      open.push(...behind(address, stack));
    }
  }
  return [...found].filter((address) => address !== own && stack.at(address)?.kind === "resource").sort();
}

function direct(type: string, body: Rendered["body"]): readonly string[] {
  const provider = typeof body.provider === "string" ? body.provider : providerOf(type);
  return [`provider.${provider}`, ...referencesIn(body).map(({ address }) => address)];
}

function behind(address: string, stack: Document): readonly string[] {
  const name = /^local\.(.*)$/.exec(address)?.[1];
  if (name !== undefined) {
    return referencesIn({ value: member(stack.json, "locals")?.[name] }).map((one) => one.address);
  }
  const one = stack.at(address);
  if (one === undefined) {
    return [];
  }
  return one.kind === "provider" ? referencesIn(one.body).map((other) => other.address) : direct(one.type, one.body);
}

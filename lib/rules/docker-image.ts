import { parseImageReference } from "../units/image-reference";
import { UnitError } from "../units/unit-error";
import { isReference, type Rendered } from "./document";
import type { Rule, Sight } from "./rule";
import { sharers } from "./taken";

function look(image: Rendered): { sight?: Sight; floating?: string } {
  const { name } = image.body;
  if (typeof name !== "string" || isReference(name)) {
    return {};
  }
  try {
    const { tag = "latest", digest } = parseImageReference(name);
    // A tag with a number in it is a release; one without is moved on purpose.
    return digest === undefined && !/\d/.test(tag) ? { floating: name } : {};
  } catch (error) {
    if (error instanceof UnitError) {
      return { sight: { attribute: "name", bound: `be ${error.bound}`, value: error.value, fix: error.fix } };
    }
    throw error;
  }
}

const builtAs = sharers(({ body }) => [body.name]);

/** What Docker and its provider refuse or leave to chance in an image. */
export const dockerImageRules: readonly Rule[] = [
  {
    id: "docker/image/reference",
    type: "docker_image",
    severity: "error",
    prevents: "invalid reference format",
    proof: "run",
    check: (image) => {
      const { sight } = look(image);
      return sight ? [sight] : [];
    },
  },
  {
    id: "docker/image/floating-tag",
    type: "docker_image",
    severity: "warning",
    prevents: "two machines, or two days, run different images under one name, and no plan shows it",
    proof: "read",
    check: (image) => {
      const { floating } = look(image);
      return floating === undefined || image.body.build !== undefined
        ? []
        : [
            {
              attribute: "name",
              bound: "name a release or a digest",
              value: JSON.stringify(floating),
              fix: 'such as "nginx:1.27.5", or with @sha256:…',
            },
          ];
    },
  },
  {
    id: "docker/image/build-and-pull",
    type: "docker_image",
    severity: "error",
    prevents: '"build": conflicts with pull_triggers',
    proof: "run",
    check: ({ body }) =>
      body.build !== undefined && body.pull_triggers !== undefined
        ? [
            {
              attribute: "pull_triggers",
              bound: "be left out where the image is built",
              value: "both",
              fix: "triggers rebuilds it",
            },
          ]
        : [],
  },
  {
    id: "docker/image/built-elsewhere",
    type: "docker_image",
    severity: "error",
    prevents: "unable to pull image X, while the other resource still builds it",
    proof: "read",
    check: (image, document) =>
      image.body.build === undefined
        ? builtAs(image, document, image.body.name)
            .filter(({ body }) => body.build !== undefined)
            .map(({ address }) => ({
              attribute: "name",
              bound: "not be pulled where another resource builds it",
              value: JSON.stringify(image.body.name),
              fix: `refer to ${address}`,
            }))
        : [],
  },
];

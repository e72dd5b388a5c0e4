/** A line of the Docker provider. What is rendered and which rules hold follow from it. */
export type DockerLine = "3.9" | "4";

/** The version constraint of each line, bounded so that no release that was never tried is taken. */
export const CONSTRAINTS: Readonly<Record<DockerLine, string>> = {
  "3.9": ">= 3.9.0, < 4.0.0",
  "4": ">= 4.5.0, < 5.0.0",
};

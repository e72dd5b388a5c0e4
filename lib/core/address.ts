/** The type of a resource, by what Terraform names it. */
export function typeOfAddress(address: string): string {
  return address.split(".")[0] ?? "";
}

/** A construct's path as its user knows it: a construct's own resource stands under it as `Resource`. */
export function ownerPath(path: string): string {
  return path.replace(/\/Resource$/, "");
}

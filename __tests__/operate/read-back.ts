/** What Terraform prints where a libvirt resource is not as it was written. */
export function readBack(address: string, change: string): string {
  const provider = 'provider["registry.terraform.io/dmacvicar/libvirt"]';
  return [
    "Provider produced inconsistent result after apply",
    `When applying changes to ${address}, provider ${JSON.stringify(provider)} produced an unexpected new value: ${change}.`,
    "",
    "This is a bug in the provider, which should be reported in the provider's own issue tracker.",
  ].join("\n");
}

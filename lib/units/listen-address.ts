/** The address that stands for every address of the same kind. IPv4 and IPv6 are bound apart. */
export function everyAddressLike(address: string): string {
  return address.includes(":") ? "::" : "0.0.0.0";
}

export function isEveryAddress(address: string): boolean {
  return address === everyAddressLike(address);
}

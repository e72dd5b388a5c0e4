/**
 * A number of processors as the Docker provider reads it back from the engine. It turns `1` into `1.0`, but `10` into `10.`
 * and `0.05` into `0.1`.
 */
export function cpusAsRead(cpus: number): string {
  const nine = cpus.toFixed(9);
  const zeros = nine.split("0").length - 1;
  return zeros === 9 ? cpus.toFixed(1) : nine.replace(/0+$/, "");
}

/**
 * Shell lines that write a text into `"$work/input"`, whatever it holds. It goes through base64: shells stumble over bytes that are
 * no ASCII where a text could end.
 */
export function writeInput(text: string): readonly string[] {
  const lines =
    Buffer.from(text)
      .toString("base64")
      .match(/.{1,76}/g) ?? [];
  return [`base64 -d >"$work/input" <<'END'`, ...lines, "END"];
}

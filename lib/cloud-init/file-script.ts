import { createHash } from "node:crypto";
import { quotedWord } from "../core/shell-word";
import { writeInput } from "./shell-text";
import type { GuestFile } from "./user-data";

/**
 * Shell functions that let a guest have the declared files. A file is written when the code's was changed, so that what a program
 * made of it stays until then; one that left the code is removed, unless it is another one by now.
 */
const FUNCTIONS: readonly string[] = [
  "files=$state/files",
  'mkdir -p "$files"',
  'present=" "',
  "sum() { sha256sum <\"$1\" | cut -d' ' -f1; }",
  "put() {",
  '  install -m "$2" "$work/input" "$1.berth" && chown "$3" "$1.berth" && chmod "$2" "$1.berth" && mv "$1.berth" "$1"',
  "}",
  "file() {",
  '  present="$present$1 "',
  '  if [ "$(sed -n 2p "$files/$1" 2>/dev/null)" != "$5" ]; then',
  '    if ! { mkdir -p "$(dirname "$2")" && [ ! -d "$2" ] && put "$2" "$3" "$4"; }; then',
  '      problem "$2 cannot be written"',
  "      return 0",
  "    fi",
  '    if command -v restorecon >/dev/null; then restorecon "$2" || :; fi',
  '    printf \'%s\\n%s\\n%s\\n\' "$2" "$5" "$(sum "$2")" >"$files/$1"',
  "  fi",
  "}",
  "others_are_removed() {",
  '  for note in "$files"/*; do',
  '    case "$present" in *" $(basename "$note") "*) continue ;; esac',
  '    [ -e "$note" ] || continue',
  '    path=$(sed -n 1p "$note")',
  '    if [ -f "$path" ] && [ "$(sum "$path")" = "$(sed -n 3p "$note")" ]; then rm -f "$path"; say "removed $path"; fi',
  '    rm -f "$note"',
  "  done",
  "}",
];

/** What a guest does at every boot so that it has the declared files. */
export function renderFiles(files: readonly GuestFile[]): readonly string[] {
  return [...FUNCTIONS, ...files.flatMap(renderFile), "others_are_removed"];
}

function renderFile({ path, content, permissions = "0644", owner = "root:root" }: GuestFile): readonly string[] {
  const digest = createHash("sha256").update(`${permissions}\n${owner}\n${content}`).digest("hex");
  const key = createHash("sha256").update(path).digest("hex").slice(0, 16);
  return [
    ...writeInput(content),
    `file ${key} ${quotedWord(path)} ${quotedWord(permissions)} ${quotedWord(owner)} ${digest}`,
  ];
}

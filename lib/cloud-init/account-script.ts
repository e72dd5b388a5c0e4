import { writeInput } from "./shell-text";
import type { GuestUser } from "./user-data";

/**
 * Shell functions that let a guest have the declared users, and nobody else of those that it had from berth before. Keys that
 * somebody added in the guest stay. A user that left the code cannot log in any more; the home folder stays.
 */
const FUNCTIONS: readonly string[] = [
  "accounts=$state/users",
  'mkdir -p "$accounts"',
  'declared=" "',
  ': >"$work/sudoers"',
  // A disk that is mounted at /home or below hides the folder that was made with the user.
  "put_home() {",
  '  home=$(getent passwd "$1" | cut -d: -f6)',
  '  case "$home" in /home/*) ;; *) return 0 ;; esac',
  '  mkdir -p "$home"',
  '  if [ "$(stat -c %u "$home")" = 0 ] && [ "$(id -u "$1")" != 0 ]; then',
  '    chown "$1:$(id -gn "$1")" "$home"',
  '    chmod 755 "$home"',
  `    runuser -u "$1" -- cp -r /etc/skel/. "$home" || :`,
  "  fi",
  "}",
  // Every key that berth ever gave is taken out again: a disk at /home, or below, comes and goes with what is in it. Marked are those
  // that a guest of another root disk gave. As the user: whatever the user made of the folder leads no further than the user may go.
  "put_keys() {",
  '  put_home "$1"',
  '  touch "$accounts/$1/keys" "$accounts/$1/keys-ever"',
  '  sort -u "$accounts/$1/keys-ever" "$accounts/$1/keys" "$2" >"$work/ever"',
  '  cat "$work/ever" >"$accounts/$1/keys-ever"',
  `  runuser -u "$1" -- /bin/sh -euc '`,
  "    umask 077",
  '    mkdir -p "$1/.ssh"',
  "    file=$1/.ssh/authorized_keys",
  '    touch "$file"',
  `    { grep -vxF -f "$2" "$file" | grep -v " \\[berth\\]$" || :; sed "s/$/ [berth]/" "$3"; } >"$file.berth"`,
  '    mv "$file.berth" "$file"',
  `  ' sh "$home" "$accounts/$1/keys-ever" "$2" || problem "the keys of $1 cannot be written"`,
  '  if command -v restorecon >/dev/null; then restorecon -R "$home/.ssh" || :; fi',
  '  cat "$2" >"$accounts/$1/keys"',
  "}",
  "put_groups() {",
  "  for group in $2; do",
  '    getent group "$group" >/dev/null || groupadd "$group" || problem "no group $group"',
  '    usermod -aG "$group" "$1" || problem "$1 cannot be in $group"',
  "  done",
  '  for group in $(cat "$accounts/$1/groups" 2>/dev/null || :); do',
  '    case " $2 " in *" $group "*) ;; *) gpasswd -d "$1" "$group" >/dev/null 2>&1 || : ;; esac',
  "  done",
  '  echo "$2" >"$accounts/$1/groups"',
  "}",
  "user() {",
  '  declared="$declared$1 "',
  '  if ! id "$1" >/dev/null 2>&1; then',
  '    getent group "$1" >/dev/null || groupadd "$1" || problem "no group $1"',
  '    useradd -m -s /bin/bash -g "$1" "$1" || problem "no user $1"',
  '  elif [ -e "$accounts/$1/off" ]; then',
  '    usermod -e "" -s /bin/bash "$1" || problem "no user $1"',
  "  fi",
  '  mkdir -p "$accounts/$1"',
  '  rm -f "$accounts/$1/off"',
  '  put_groups "$1" "$3"',
  '  put_keys "$1" "$work/input"',
  '  [ "$2" = no ] || echo "$1 ALL=(ALL) NOPASSWD:ALL" >>"$work/sudoers"',
  "}",
  "others_are_off() {",
  '  : >"$work/nothing"',
  '  for own in "$accounts"/*/; do',
  '    name=$(basename "$own")',
  '    case "$declared" in *" $name "*) continue ;; esac',
  '    if [ ! -d "$own" ] || [ -e "$own/off" ] || ! id "$name" >/dev/null 2>&1; then continue; fi',
  '    put_keys "$name" "$work/nothing"',
  '    put_groups "$name" ""',
  // Without its keys nobody logs in as root over the network; its account is the system's.
  '    [ "$name" = root ] || usermod -L -e 1 -s /usr/sbin/nologin "$name" || problem "$name cannot be switched off"',
  '    : >"$own/off"',
  '    say "user $name may not log in any more"',
  "  done",
  "}",
  "keys_again() {",
  "  for name in $declared; do",
  '    cp "$accounts/$name/keys" "$work/again"',
  '    put_keys "$name" "$work/again"',
  "  done",
  "}",
  "put_sudoers() {",
  // Guests of berth 0.1 have these lines from cloud-init.
  "  old=/etc/sudoers.d/90-cloud-init-users",
  '  if [ -e "$old" ]; then',
  '    for own in "$accounts"/*/; do sed -i "/^$(basename "$own") /d" "$old"; done',
  "  fi",
  '  cmp -s "$work/sudoers" /etc/sudoers.d/90-berth || {',
  "    mkdir -p /etc/sudoers.d",
  '    install -m 0440 "$work/sudoers" /etc/sudoers.d/90-berth',
  "  }",
  "}",
];

/** What a guest does at every boot so that its declared users can log in, and nobody who left the code. */
export function renderAccounts(users: readonly GuestUser[]): readonly string[] {
  return [...FUNCTIONS, ...users.flatMap(renderAccount), "others_are_off", "put_sudoers"];
}

function renderAccount({ name, sshKeys, groups = [], sudo = true }: GuestUser): readonly string[] {
  const keys = sshKeys.map((key) => `${key.trim()}\n`);
  return [...writeInput(keys.join("")), `user ${name} ${sudo ? "yes" : "no"} '${groups.join(" ")}'`];
}

/** What is done once disks are mounted: one at /home, or below, hides the keys that were put there. */
export const KEYS_AGAIN = "keys_again";

import { posix } from "node:path";
import { MAKE_FILE_SYSTEM, renderMount, WAIT_FOR_DISK } from "../cloud-init/mount-script";
import { quotedWord } from "../core/shell-word";
import { type EngineSettings, renderDaemonJson, renderProxies } from "./engine-settings";
import { KEY_DISK_SERIAL, keyFileCount } from "./key-disk";
import { READY_COMMAND, READY_ONLY, READY_SCRIPT } from "./ready-command";

/** Serial number by which a guest finds the disk of its engine's data. */
export const ENGINE_DISK_SERIAL = "engine";

/** Account that looks whether the guest is ready. */
export const PROBE_USER = "berth";

/** Where the engine listens inside a guest. */
export const ENGINE_PORT = 2376;

/** Where an engine gets its keys and its data from. */
export interface EngineParts {
  /** Whether the engine's data have a disk of their own. */
  readonly ownDisk: boolean;
  /** Whether the engine listens on the network, for who has the client's certificate. */
  readonly tls: boolean;
}

const LISTEN = `DOCKER_OPTS="-H tcp://0.0.0.0:${ENGINE_PORT} --tlsverify --tlscacert=/etc/docker/berth/ca.pem --tlscert=/etc/docker/berth/server.pem --tlskey=/etc/docker/berth/server.key"`;

/**
 * What a guest does at every boot before ssh and the engine start. It may run any number of times: keys and settings that
 * changed reach a root disk that stayed, and a root disk that is new finds the engine's data where they were.
 */
export function renderEngineScript(settings: EngineSettings, { ownDisk, tls }: EngineParts): string {
  return [
    "set -eu",
    'say() { echo "berth: $*" >/dev/console; }',
    'fail() { say "FAILED: $*"; exit 1; }',
    ...WAIT_FOR_DISK,
    ...(ownDisk
      ? [...MAKE_FILE_SYSTEM, ...renderMount({ serial: ENGINE_DISK_SERIAL, target: "/var/lib/docker" })]
      : []),
    ...READY,
    ...KEYS,
    `[ "$count" -eq ${keyFileCount(tls)} ] || fail "the key disk holds $count of ${keyFileCount(tls)} files"`,
    "umask 022",
    `printf '%s\\n' ${quotedWord(renderDaemonJson(settings))} >/etc/docker/daemon.json`,
    "cat >/etc/default/docker <<'END'",
    ...(tls ? [LISTEN] : []),
    ...renderProxies(settings),
    "END",
    "cat >/etc/ssh/sshd_config.d/10-berth.conf <<'END'",
    "HostKey /etc/ssh/berth/host_key",
    "AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/berth/keys/%u",
    "END",
    'say "keys and engine settings are in place"',
    "",
  ].join("\n");
}

/** Only root changes what the probe runs. */
const READY = [
  "umask 022",
  `mkdir -p ${posix.dirname(READY_COMMAND)}`,
  `cat >${READY_COMMAND}.new <<'END'`,
  READY_SCRIPT.trimEnd(),
  "END",
  `chmod 755 ${READY_COMMAND}.new`,
  `mv ${READY_COMMAND}.new ${READY_COMMAND}`,
];

const KEYS = [
  `device ${KEY_DISK_SERIAL}`,
  "umask 077",
  "mkdir -p /etc/ssh/berth/keys /etc/ssh/sshd_config.d /etc/docker/berth",
  "chmod 755 /etc/ssh/berth /etc/ssh/berth/keys /etc/docker/berth",
  `only='${READY_ONLY} '`,
  "count=0",
  "bundle=$(mktemp)",
  // The volume is padded with zeros to whole sectors.
  `tr -d '\\000' <"/dev/disk/by-id/virtio-${KEY_DISK_SERIAL}" >"$bundle"`,
  "while read -r name data; do",
  '  case "$name" in',
  "    host_key) target=/etc/ssh/berth/host_key mode=600 ;;",
  `    authorized_key) target=/etc/ssh/berth/keys/${PROBE_USER} mode=644 ;;`,
  '    ca.pem | server.pem) target="/etc/docker/berth/$name" mode=644 ;;',
  "    server.key) target=/etc/docker/berth/server.key mode=600 ;;",
  "    *) continue ;;",
  "  esac",
  '  [ "$name" = authorized_key ] && options=$only || options=',
  '  { printf %s "$options"; printf %s "$data" | base64 -d; } >"$target.new" || fail "the key disk is damaged at $name"',
  '  chmod "$mode" "$target.new"',
  '  mv "$target.new" "$target"',
  "  count=$((count + 1))",
  'done <"$bundle"',
  'rm -f "$bundle"',
];

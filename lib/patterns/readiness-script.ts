import { READY_COMMAND } from "./ready-command";

/**
 * Waits until a guest can carry containers, step by step, and ends within a bound whatever happens. Settings come from the
 * environment; on failure the last line alone says what is wrong.
 *
 * | variable | is |
 * | --- | --- |
 * | `BERTH_ADDRESS`, `BERTH_USER` | where, and as whom |
 * | `BERTH_LOGIN_KEY`, `BERTH_HOST_KEY` | private key to log in with; public host key that the guest must show |
 * | `BERTH_SECONDS` | the bound, for all steps together |
 * | `BERTH_REFUSED_SECONDS` | how long a refused key is taken for a guest that is not done yet |
 * | `BERTH_CONSOLE` | file with the guest's console, where this machine can read it |
 */
export const READINESS_SCRIPT = `set -u
start=$(date +%s)
stop=$((start + BERTH_SECONDS))
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
umask 077
printf '%s\\n' "$BERTH_LOGIN_KEY" >"$dir/key"
printf '%s %s\\n' "$BERTH_ADDRESS" "$BERTH_HOST_KEY" >"$dir/known"
unset BERTH_LOGIN_KEY

say() { echo "berth $BERTH_ADDRESS [$(($(date +%s) - start)) s]: $*"; }
over() { [ "$(date +%s)" -ge "$stop" ]; }
fail() {
  if [ -n "\${BERTH_CONSOLE:-}" ] && [ -r "$BERTH_CONSOLE" ]; then
    echo "--- the guest's console, last lines"
    tail -n 15 "$BERTH_CONSOLE" | tr -d '\\r'
    grep 'berth: FAILED' "$BERTH_CONSOLE" | tail -n 1
    echo "---"
  fi
  say "$*" >&2
  exit 1
}
guest() {
  rest=$((stop - $(date +%s)))
  [ "$rest" -ge 1 ] || rest=1
  timeout "$rest" ssh -i "$dir/key" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes \\
    -o UserKnownHostsFile="$dir/known" -o GlobalKnownHostsFile=/dev/null -o ControlPath=none -o LogLevel=ERROR \\
    -o ConnectTimeout=5 -o ServerAliveInterval=5 -o ServerAliveCountMax=3 \\
    -o ForwardAgent=no -o ForwardX11=no -o ClearAllForwardings=yes -o PermitLocalCommand=no \\
    -- "$BERTH_USER@$BERTH_ADDRESS" ${READY_COMMAND} </dev/null 2>"$dir/errors"
}
# What docker adds below an error says nothing of it.
why() { grep -v -e '^[[:space:]]*$' -e "^See '" -e "^Run '" "$dir/errors" | tail -n 1 | tr -d '\\r'; }

look() {
  { guest; echo $? >"$dir/code"; } | while IFS= read -r line; do
    case $line in
      @*) grep -qxF "$line" "$dir/steps" || { echo "$line" >>"$dir/steps"; say "\${line#@}"; } ;;
      *) echo "$line" ;;
    esac
  done
  code=$(cat "$dir/code")
}
late() {
  case $(tail -n 1 "$dir/steps") in
    "") fail "FAILED: no ssh within $BERTH_SECONDS s: $(why)" ;;
    "@waiting for cloud-init") fail "FAILED: cloud-init did not end within $BERTH_SECONDS s" ;;
    "@waiting for the engine") fail "FAILED: no engine within $BERTH_SECONDS s: $(why)" ;;
    *) fail "FAILED: no container started within $BERTH_SECONDS s" ;;
  esac
}

command -v ssh >/dev/null 2>&1 || fail "FAILED: needs ssh on the machine that runs Terraform"
say "waiting for ssh"
: >"$dir/steps"
refused=
tries=0
while look; [ "$code" -ne 0 ]; do
  case $code in
    20) fail "FAILED: the first boot ended with an error, see above (correct it, and set another rebuildOn)" ;;
    21)
      case $(cat "$dir/errors") in
        *"command not found"* | *": not found"*) fail "FAILED: the guest has no docker command (enginePackages, or another image)" ;;
        *"permission denied"*) fail "FAILED: $BERTH_USER may not use the engine" ;;
      esac ;;
    22)
      tries=$((tries + 1))
      { over || [ "$tries" -ge 5 ]; } && fail "FAILED: no container starts: $(why)"
      sleep 2
      continue ;;
    *)
      case $(cat "$dir/errors") in
        *"Host key verification failed"* | *"IDENTIFICATION HAS CHANGED"*)
          fail "FAILED: another host key than the pinned one answers at this address" ;;
        *"Permission denied"*)
          refused=\${refused:-$(date +%s)}
          if [ $(($(date +%s) - refused)) -ge "$BERTH_REFUSED_SECONDS" ]; then
            fail "FAILED: the guest refuses the key of $BERTH_USER (first boot failed, or another key disk)"
          fi ;;
        *) refused= ;;
      esac ;;
  esac
  over && late
  sleep 1
done
say "a container started; ready"
`;

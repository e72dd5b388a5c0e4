/** Where a guest has what looks whether it can carry containers: the one thing that the probe's key may run. */
export const READY_COMMAND = "/usr/local/lib/berth/ready";

/**
 * All that follows ssh in one login, as each takes seconds where the guest is emulated. It says how far it came. An engine that
 * answers may still not be able to start anything; the guest's own programs need no registry for that.
 */
export const READY_SCRIPT = `#!/bin/sh
if command -v cloud-init >/dev/null; then
  echo "@waiting for cloud-init"
  cloud-init status --wait >/dev/null
  case $? in
    0 | 2) ;;
    *)
      cloud-init status --long
      tail -n 20 /var/log/cloud-init-output.log
      cat /var/lib/cloud/data/result.json
      exit 20 ;;
  esac
fi
echo "@waiting for the engine"
version=$(docker info --format "{{.ServerVersion}}") && [ -n "$version" ] || exit 21
echo "@starting a container on engine $version"
docker image inspect berth/probe >/dev/null 2>&1 || tar -c -T /dev/null | docker import - berth/probe >/dev/null
set -- --rm --network none -v /usr:/usr:ro
for link in /bin /lib /lib64; do [ -e "$link" ] && set -- "$@" -v "$link:$link:ro"; done
docker run "$@" berth/probe /bin/true || exit 22
`;

/** What stands before the probe's key: no terminal, nothing forwarded, and no other command. */
export const READY_ONLY = `restrict,command="${READY_COMMAND}"`;

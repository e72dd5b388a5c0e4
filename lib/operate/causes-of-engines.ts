import type { Cause } from "./cause";

/** Docker engines, the way to them, and their images. */
export const CAUSES_OF_ENGINES: readonly Cause[] = [
  {
    id: "ssh-failed",
    says: /has exited with exit status 255/,
    cause:
      "the way to the engine is ssh, and ssh ended with an error of its own, which stands at the end of the message",
    fix: "try `ssh HOST docker version`: the key, the host's key in known_hosts, the name and the port",
  },
  {
    id: "ssh-overloaded",
    says: /kex_exchange_identification|during banner exchange/,
    cause: "more ssh connections at once than the machine takes, or than it answers in time",
    fix: "apply with -parallelism=5, raise MaxStartups of its sshd, or reach the engine by TLS",
  },
  {
    id: "engine-unknown-yet",
    says: /unable to parse docker host ``/,
    cause: "the engine's address is to change in the same plan, and nothing of that engine can be asked meanwhile",
    fix: "apply with -target what the address comes from, then all of it; or once with -refresh=false",
  },
  {
    id: "engine-unreachable",
    says: /Error pinging Docker server|Cannot connect to the Docker daemon|error during connect|\/_ping"/,
    cause: "the Docker engine does not answer at the provider's host",
    fix: "start it (systemctl start docker), or the guest that it stands in; for ssh:// try `ssh HOST docker version`",
  },
  {
    id: "docker-context",
    says: /Docker context error|Error loading Docker context|could not read contexts directory/,
    cause: "DOCKER_CONTEXT, or the provider's context, names a context that this machine does not have",
    fix: 'write context = "" in the provider block, or unset DOCKER_CONTEXT',
  },
  {
    id: "engine-keys",
    says: /could not read CA certificate|cert_material, and key_material must be specified|Client sent an HTTP request to an HTTPS server|cert_path must not be specified|certificate (is not valid|has expired|signed by unknown)/,
    cause: "the keys for the engine are not at hand, are of another engine, or are out of date",
    fix: "apply what makes them first, or rotate them; unset DOCKER_CERT_PATH and DOCKER_TLS_VERIFY",
  },
  {
    id: "image-unreachable",
    says: /unable to pull image|pull access denied|no such host|manifest (unknown|for .* not found)|Unable to (find or pull|read Docker) image/i,
    cause: "the image is not in the registry under this name, or the registry cannot be reached or wants a login",
    fix: "try `docker pull IMAGE` on the engine's machine; add registry_auth, a mirror or a proxy. The old container is gone already: an apply with -target=docker_image.NAME comes first next time",
  },
  {
    id: "never-healthy",
    says: /failed to be in healthy state/,
    cause: "the container started and its health check never succeeded within wait_timeout",
    fix: "`docker logs NAME` and `docker inspect -f '{{json .State.Health}}' NAME` say why; the container was left as it is",
  },
  {
    id: "ends-at-once",
    says: /failed to be in running state|exited immediately/,
    cause: "the container's process ended at once",
    fix: "`docker logs NAME` says why; a job that is to end is must_run = false",
  },
  {
    id: "build-failed",
    says: /Error running buildx build|failed to read dockerfile|executor failed running/,
    cause: "the image could not be built; a container that was to be replaced is gone already",
    fix: "docker build FOLDER shows it in full; next time terraform apply -target=IMAGE first",
  },
  {
    id: "engine-too-small",
    says: /Range of CPUs is from|Requested CPUs are not available|Minimum memory/,
    cause:
      "the engine's machine has fewer processors than were asked for, or the amount is one that the engine does not take",
    fix: "`docker info` says what it has",
  },
  {
    id: "engine-too-old",
    says: /requires (API|docker) version \d/,
    cause: "the engine is older than what is asked of it",
    fix: "a newer engine, or without that setting",
  },
  {
    id: "limit-order",
    says: /error setting rlimit/,
    cause: "a limit of the container is not one that the kernel takes: soft above hard, or above the engine's own",
    fix: "soft at most hard, and hard at most what dockerd itself has",
  },
  {
    id: "no-such-user",
    says: /unable to find (user|group) /,
    cause: "the image has no such user or group",
    fix: "give it by number, or one that stands in the image's /etc/passwd",
  },
  {
    id: "runtime-missing",
    says: /[Uu]nknown (or invalid )?runtime/,
    cause: "the engine has no runtime of this name",
    fix: "install it, and name it in the engine's daemon.json; `docker info` lists those that it has",
  },
  {
    id: "runtime-network",
    says: /cannot run with network enabled in root network namespace/,
    cause: "gVisor cannot set up its network on this machine",
    fix: "register runsc with --network=host, or run the container without a network",
  },
  {
    id: "no-device-driver",
    says: /could not select device driver/,
    cause: "the engine knows no driver for the GPU or device that was asked for",
    fix: "install the vendor's container toolkit on the engine's machine",
  },
  {
    id: "apparmor-parser-missing",
    says: /docker-default profile could not be loaded/,
    cause: "the kernel has AppArmor on, and the machine has no tools for it",
    fix: "install the package apparmor on the engine's machine",
  },
  {
    id: "image-gone",
    says: /No such image/,
    cause: "the image was removed, or its name was given to another one, while Terraform was at it",
    fix: "apply again; one docker_image for each name and engine",
  },
  {
    id: "image-in-use",
    says: /unable to remove repository reference|image is referenced in multiple repositories/,
    cause: "something else uses the image that is to be removed",
    fix: "keep_locally = true leaves it where it is, as berth does",
  },
  {
    id: "parent-missing",
    says: /invalid subinterface vlan name|parent interface does was not found/,
    cause: "the engine's machine has no network interface of this name",
    fix: "`ip link` on the machine lists them",
  },
  {
    id: "endpoint-left",
    says: /endpoint with name .* already exists/,
    cause: "the network still holds the place of a container that is gone",
    fix: "docker network disconnect -f NETWORK CONTAINER, and apply again",
  },
  {
    id: "no-swarm",
    says: /not a swarm manager/,
    cause: "the engine manages no swarm, which services, secrets and configs need",
    fix: "docker swarm init, or docker swarm join as a manager",
  },
  {
    id: "in-use-by-service",
    says: /is in use by the following service/,
    cause: "a service still has the secret or config that is to be removed",
    fix: "a name with a hash of its content and create_before_destroy: the service gets the new one first",
  },
  {
    id: "rolled-back",
    says: /service rollback completed/,
    cause: "the new tasks of the service did not come up, and the swarm went back to the old ones, which run",
    fix: "`docker service ps --no-trunc NAME` says why; mend it and apply again",
  },
  {
    id: "not-converged",
    says: /did not converge/,
    cause: "the service's tasks did not come up in time, and the service was removed again",
    fix: "`docker service ps --no-trunc NAME` while it is tried says why: image, command, constraints, ports",
  },
  {
    id: "slow-stop",
    says: /error on wait for container with ID/,
    cause: "a task did not end within its grace period; the service is removed all the same",
    fix: "apply again; stop_signal SIGKILL, or a program that ends when it is told to",
  },
];

/** Who interrupts a pipeline interrupts all of it; these are for the command that writes. */
const FOR_THE_WRITER = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// Before anything else is loaded: a Terraform that writes into the pipe may have the lock by then.
if (process.argv.slice(1, 3).includes("explain")) {
  for (const signal of FOR_THE_WRITER) {
    process.on(signal, () => {});
  }
}

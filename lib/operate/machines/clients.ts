import type { Document } from "../../rules/document";
import { DockerEngine } from "./docker-engine";
import { type Endpoint, endpointsOf, type Resolve } from "./endpoint";
import { LibvirtConnection } from "./libvirt-connection";
import { resolver } from "./resolve";
import type { State } from "./state";

/** The clients of a stack's daemons, each made once. */
export class Tools {
  private readonly engines = new Map<string, DockerEngine>();
  private readonly connections = new Map<string, LibvirtConnection>();

  constructor(
    public readonly endpoints: readonly Endpoint[],
    public readonly resolve: Resolve,
  ) {}

  /** Those of a stack, by what its state says of keys and addresses. */
  public static of(stack: Document, state: State | undefined): Tools {
    const resolve = resolver(stack, state);
    return new Tools(endpointsOf(stack, resolve), resolve);
  }

  public engine(name: string): DockerEngine {
    const known = this.engines.get(name) ?? new DockerEngine(this.endpoint(name));
    this.engines.set(name, known);
    return known;
  }

  public libvirt(name: string): LibvirtConnection {
    const known = this.connections.get(name) ?? new LibvirtConnection(this.endpoint(name));
    this.connections.set(name, known);
    return known;
  }

  public endpoint(name: string): Endpoint {
    const found = this.endpoints.find((one) => one.name === name);
    if (found === undefined) {
      throw new Error(`the stack has no provider block for ${name}`);
    }
    return found;
  }

  public close(): void {
    for (const client of [...this.engines.values(), ...this.connections.values()]) {
      client.close();
    }
  }
}

import * as fc from "fast-check";
import { parsePortMapping } from "../../lib/units/port-mapping";

describe("parsePortMapping", () => {
  test.each([
    ["80", { address: undefined, hostPort: undefined, containerPort: 80, protocol: "tcp" }],
    ["8080:80", { address: undefined, hostPort: 8080, containerPort: 80, protocol: "tcp" }],
    ["127.0.0.1:8080:80", { address: "127.0.0.1", hostPort: 8080, containerPort: 80, protocol: "tcp" }],
    ["127.0.0.1::80", { address: "127.0.0.1", hostPort: undefined, containerPort: 80, protocol: "tcp" }],
    ["[::1]:53:53/udp", { address: "::1", hostPort: 53, containerPort: 53, protocol: "udp" }],
    ["36412:36412/sctp", { address: undefined, hostPort: 36412, containerPort: 36412, protocol: "sctp" }],
  ])("reads %s", (text, mapping) => {
    expect(parsePortMapping(text)).toEqual(mapping);
  });

  test.each([
    ["", 'must be a port as `docker run -p` takes it, such as "8080:80", "127.0.0.1:8080:80" or "53:53/udp", got ""'],
    [
      "80:80:80:80",
      'must be a port as `docker run -p` takes it, such as "8080:80", "127.0.0.1:8080:80" or "53:53/udp", got "80:80:80:80"',
    ],
    ["8000-8010:8000-8010", 'must be a single port, got "8000-8010:8000-8010" (list the ports of a range one by one)'],
    ["0:80", 'must be a port from 1 to 65535, got "0:80"'],
    ["80:65536", 'must be a port from 1 to 65535, got "80:65536"'],
    ["80:80/http", 'must be a port with protocol "tcp", "udp" or "sctp", got "80:80/http"'],
    ["host:80:80", 'must be a port on an IPv4 address or an IPv6 address in brackets, got "host:80:80"'],
    ["300.0.0.1:80:80", 'must be a port on an IPv4 address or an IPv6 address in brackets, got "300.0.0.1:80:80"'],
  ])("refuses %j", (text, message) => {
    expect(() => parsePortMapping(text)).toThrow(new Error(message));
  });

  test("reads what it is given, for all ports", () => {
    const port = fc.integer({ min: 1, max: 65535 });
    fc.assert(
      fc.property(
        fc.option(fc.ipV4(), { nil: undefined }),
        port,
        port,
        fc.constantFrom("tcp", "udp", "sctp"),
        (address, hostPort, containerPort, protocol) => {
          const text = `${address === undefined ? "" : `${address}:`}${hostPort}:${containerPort}/${protocol}`;
          expect(parsePortMapping(text)).toEqual({ address, hostPort, containerPort, protocol });
        },
      ),
    );
  });
});

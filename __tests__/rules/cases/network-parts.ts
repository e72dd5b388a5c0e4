import { casesOf } from "./case";

export const network = casesOf("libvirt_network", { name: "lan", bridge: { name: "br0" } });

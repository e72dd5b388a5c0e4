import { HostStack, KvmHost, Released } from "berth";
import { App } from "cdktf";

const app = new App();
const stack = new HostStack(app, "released", { tool: "terraform 1.7" });
new KvmHost(stack, "kvm");
new Released(stack, "released-db", { from: "db" }); // every kept disk of the guest that was at "db"
app.synth();

export function mutated(): void {}

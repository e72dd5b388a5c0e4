/** Asks every second until the answer is yes; false where it is not within the time. */
export async function wait(seconds: number, ask: () => boolean): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!ask()) {
    if (Date.now() > end) {
      return false;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return true;
}

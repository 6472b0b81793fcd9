/**
 * Answers what was asked last, with as little waiting as there can be: the first
 * question goes out at once, those that follow within a pause go out together when
 * it is over, and the answer to a question that is not the last is dropped.
 */
export class Latest<Q, A> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop: AbortController | null = null;
  private sent = -Infinity;

  constructor(private readonly answer: (q: Q, signal: AbortSignal) => Promise<A>, private readonly pause = 70 /* ms */, private readonly now: () => number = () => performance.now()) {}

  ask(q: Q, got: (a: A) => void, failed: (e: unknown) => void): void {
    this.drop();
    const go = () => {
      const stop = this.stop = new AbortController();
      this.sent = this.now();
      this.answer(q, stop.signal).then((a) => { if (!stop.signal.aborted) got(a); }, (e: unknown) => { if (!stop.signal.aborted) failed(e); });
    };
    const wait = this.sent + this.pause - this.now();
    if (wait <= 0) go(); else this.timer = setTimeout(go, wait);
  }

  /** Forgets what was asked. */
  drop(): void {
    clearTimeout(this.timer);
    this.stop?.abort();
    this.stop = null;
  }
}

// Keeps the line to the playground's server open, and calls again with growing pauses when it breaks.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

export class Feed {
  /** `onFrame(event)` for every frame; `onLink({open, retryIn})` whenever the line changes. */
  constructor(path, { onFrame, onLink }) {
    this.url = new URL(path, location.href);
    this.url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.onFrame = onFrame;
    this.onLink = onLink;
    this.pause = FIRST_PAUSE;
    this.timer = null;
    this.socket = null;
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this.timer);
    this.onLink({ open: false, retryIn: 0 });
    const before = this.socket;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    before?.close();
    socket.addEventListener("message", ({ data }) => this.receive(JSON.parse(data)));
    socket.addEventListener("close", () => {
      if (socket === this.socket) this.lost();
    });
  }

  receive(event) {
    if (event.type === "state") {
      this.pause = FIRST_PAUSE;
      this.onLink({ open: true, retryIn: 0 });
    }
    this.onFrame(event);
  }

  lost() {
    this.onLink({ open: false, retryIn: this.pause });
    this.timer = setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(this.pause * 1.7, LONGEST_PAUSE);
  }

  /** Hands the server one deed; false when the line is down and nothing was handed over. */
  do(deed, details) {
    if (!this.open) return false;
    this.socket.send(JSON.stringify({ do: deed, ...details }));
    return true;
  }
}

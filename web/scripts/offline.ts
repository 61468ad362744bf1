// Says that the network is away, and stops saying it when it is back.
import { one } from "./dom.ts";

function show(): void {
  const banner = one("#offline");
  if (banner) banner.hidden = navigator.onLine;
}

window.addEventListener("online", show);
window.addEventListener("offline", show);
show();

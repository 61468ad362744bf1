// A menu is a `<details>`: it opens without script; here it closes on Escape and on a click elsewhere.
import { all } from "./dom.ts";

const MENU = "details.menu[open]";

document.addEventListener("click", (event) => {
  for (const menu of all<HTMLDetailsElement>(MENU)) {
    if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of all<HTMLDetailsElement>(MENU)) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

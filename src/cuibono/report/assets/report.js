"use strict";
// Comfort only: without this script every link, list and table is still there.
(() => {
  const map = document.querySelector("svg.map");
  const told = document.querySelector(".picked");
  if (map && told) {
    const parts = [...map.querySelectorAll("[data-tail]")];
    const nodes = [...map.querySelectorAll("[data-node]")];
    const clear = () => {
      map.classList.remove("live");
      for (const part of [...parts, ...nodes]) part.classList.remove("on");
      told.textContent = "";
    };
    const pick = (node) => {
      clear();
      const at = node.dataset.node;
      const near = new Set([at]);
      let links = 0;
      for (const part of parts) {
        if (part.dataset.tail === at || part.dataset.head === at) {
          part.classList.add("on");
          near.add(part.dataset.tail);
          near.add(part.dataset.head);
          if (part.tagName === "path") links += 1;
        }
      }
      for (const other of nodes) {
        if (near.has(other.dataset.node)) other.classList.add("on");
      }
      map.classList.add("live");
      const name = node.querySelector("title").textContent.split(":")[0];
      told.textContent = `${name}: ${links} links shown. Enter opens what is claimed of it; Escape shows all.`;
    };
    for (const node of nodes) {
      node.addEventListener("focus", () => pick(node));
      node.addEventListener("mouseenter", () => pick(node));
    }
    map.addEventListener("mouseleave", clear);
    map.addEventListener("keydown", (event) => {
      if (event.key === "Escape") clear();
    });
  }
  const box = document.querySelector("#find");
  if (box) {
    const claims = [...document.querySelectorAll(".claim:not(.nodeentry)")];
    const count = document.querySelector("#found");
    box.parentElement.hidden = false;
    box.addEventListener("input", () => {
      const word = box.value.trim().toLocaleLowerCase();
      let shown = 0;
      for (const claim of claims) {
        const hit = !word || claim.textContent.toLocaleLowerCase().includes(word);
        claim.hidden = !hit;
        if (hit) shown += 1;
      }
      count.textContent = `${shown} of ${claims.length} claims`;
    });
  }
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
  const open = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();

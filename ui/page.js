// Runs once for each HTML part of the page; `element` stays while its content is replaced.
// Gradio gives the class to the block and to its content; the block is what scrolls.
const scroller = element.parentElement.closest(".zx-scroll");
const ticks = new Set(); // of checklists; they outlive the replacement of the content
let turns = 0;

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-open],[data-ask],[data-whole],[data-remove],[data-copy],[data-close],[data-stop],[data-again]");
  if (!button || button.disabled) return;
  const { open, quote, words, ask, alone, whole, remove, copy, close, stop, again } = button.dataset;
  if (open) {
    element.querySelectorAll(".zx-active").forEach((old) => old.classList.remove("zx-active"));
    button.classList.add("zx-active");
    trigger("open", { address: open, quotes: quote || "", words: words || "" });
  } else if (ask) {
    // While an answer is being written the box is shut, and so are the questions offered.
    if (!document.querySelector("#zx-box textarea").disabled) trigger("ask", { question: ask, alone: alone || "" });
  } else if (whole) {
    trigger("whole", { regulation: whole });
  } else if (remove) {
    if (window.confirm("移除后，这部办法不再参与回答。确定移除吗？")) trigger("remove", { regulation: remove });
  } else if (close !== undefined) {
    trigger("close", {});
  } else if (stop) {
    button.disabled = true;
    button.textContent = "正在停止";
    trigger("stop", { key: stop });
  } else if (again) {
    if (document.querySelector("#zx-box textarea").disabled) return;
    trigger("again", { report: again });
    // The browser opens a file dialog only within the click itself.
    document.querySelector("#zx-again").click();
  } else if (copy) {
    copyText(tickLines(copy, button)).then(() => button.classList.add("zx-copied"));
  }
});

element.addEventListener("change", (event) => {
  const { tick } = event.target.dataset;
  if (!tick) return;
  if (event.target.checked) ticks.add(tick);
  else ticks.delete(tick);
  const card = event.target.closest(".zx-checklist");
  card.querySelector(".zx-copied")?.classList.remove("zx-copied");
});

// What is ticked on the page is ticked in the copy.
function tickLines(markdown, button) {
  const boxes = [...button.closest(".zx-checklist").querySelectorAll("[data-tick]")];
  return markdown.replace(/^- \[ \]/gm, () => (boxes.shift()?.checked ? "- [x]" : "- [ ]"));
}

// Plain HTTP on an address other than localhost has no clipboard interface.
async function copyText(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.appendChild(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

// A new question goes to the top, so that its answer is read from its beginning.
new MutationObserver(() => {
  element.querySelectorAll("[data-tick]").forEach((box) => { box.checked = ticks.has(box.dataset.tick); });
  const asked = element.querySelectorAll(".zx-asked");
  const last = asked[asked.length - 1];
  if (last && asked.length >= turns) {
    const distance = last.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTop += distance - 16;
  }
  turns = asked.length;
  const article = element.querySelector(".zx-article");
  if (article) {
    const mark = article.querySelector("mark");
    const from = scroller.getBoundingClientRect().top - scroller.scrollTop;
    scroller.scrollTop = mark ? mark.getBoundingClientRect().top - from - scroller.clientHeight / 3 : 0;
  }
}).observe(element, { childList: true, subtree: true });

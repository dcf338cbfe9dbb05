// The search page's script: it fills the list from the index in pagefind/, and sends what is typed nowhere.
const [form, said, found, one] = ["search", "said", "found", "one"].map((id) => document.getElementById(id)), box = form.q;
const here = new URL(".", document.currentScript.src), say = (name, n) => { said.textContent = form.dataset[name].replace("%(n)s", n); };
const load = async () => { const made = await import(new URL("pagefind/pagefind.js", here)); await made.init(); return made; };
const show = ({ meta }) => { const made = one.content.cloneNode(true); made.querySelector("a").href = new URL(meta.url, here);
  made.querySelectorAll("[data-of]").forEach((each) => { each.textContent = meta[each.dataset.of]; }); return made; };
let engine; const look = async (wait) => { const words = box.value.trim(); try { say(words ? "busy" : "empty");
  const got = await (await (engine ??= load())).debouncedSearch(words, {}, wait); if (!got) return;
  const best = await Promise.all(got.results.slice(0, 20).map((each) => each.data())), n = got.results.length;
  if (words === box.value.trim()) { history.replaceState(words, ""); found.replaceChildren(...best.map(show)); say(!words ? "empty" : n > 20 ? "many" : ["none", "one"][n] ?? "some", n); }
} catch { engine = undefined; found.replaceChildren(); say("error"); } };
form.addEventListener("submit", (event) => { event.preventDefault(); look(0); }); form.addEventListener("input", () => look(300));
if (location.protocol === "file:") say("disk"); else { form.hidden = false; say("empty"); addEventListener("pageshow", () => (box.value ||= history.state ?? "") && look(0)); }

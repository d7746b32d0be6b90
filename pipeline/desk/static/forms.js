// Dialogs: the form of a row with the schema's own bounds, reasons and notes.

function closed(dialog) {
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.returnValue = "";
    dialog.showModal();
  });
}

// A reason or a note; "" where the reviewer thinks better of it.
export async function ask(name) {
  const dialog = document.getElementById(name);
  const field = dialog.querySelector("[name=why]");
  if (field) field.value = "";
  const kept = await closed(dialog);
  return kept === "keep" && field ? field.value.trim() : "";
}

// One of some values, or another one.
export async function choose(head, about, values) {
  const field = { name: "choice", about, unit: "", type: "string", values: [], offered: values, required: true };
  let chosen = "";
  await edit(head, [field], {}, (row) => { chosen = row.choice; return ""; });
  return chosen;
}

// The form of a row. `keep` gets its cells and returns why they cannot be kept, "" where they are.
export async function edit(head, columns, row, keep) {
  const dialog = document.getElementById("edit");
  const fields = dialog.querySelector(".fields");
  const wrong = dialog.querySelector(".wrong");
  dialog.querySelector("h2").textContent = head;
  wrong.textContent = "";
  fields.replaceChildren(...columns.map((column) => field(column, row[column.name] ?? "")));
  fields.querySelector("input, select")?.setAttribute("autofocus", "");
  const form = dialog.querySelector("form");
  const submit = async (event) => {
    if (event.submitter?.value !== "keep") return;
    event.preventDefault();
    const cells = Object.fromEntries(columns.map((column) => [column.name, form.elements[column.name].value.trim()]));
    const why = await keep(cells);
    if (!why) { dialog.close("keep"); return; }
    wrong.textContent = why;
    const named = columns.find((column) => why.startsWith(`${column.name} `));
    if (named) { form.elements[named.name].setAttribute("aria-invalid", "true"); form.elements[named.name].focus(); }
  };
  form.addEventListener("submit", submit);
  await closed(dialog);
  form.removeEventListener("submit", submit);
}

function field(column, value) {
  const label = document.createElement("label");
  const name = document.createElement("strong");
  name.textContent = column.name + (column.unit ? ` (${column.unit})` : "") + (column.required ? " *" : "");
  const about = document.createElement("span");
  about.className = "about";
  about.textContent = column.about;
  about.id = `about-${column.name}`;
  const input = column.values.length ? select(column) : document.createElement("input");
  input.name = column.name;
  input.setAttribute("aria-describedby", about.id);
  if (column.type !== "string") input.inputMode = "decimal";
  input.value = value;
  label.append(name, input, about);
  if (column.offered.length) {
    const offered = document.createElement("datalist");
    offered.id = `offered-${column.name}`;
    offered.append(...column.offered.map((word) => new Option(word, word)));
    input.setAttribute("list", offered.id);
    label.append(offered);
  }
  return label;
}

function select(column) {
  const found = document.createElement("select");
  if (!column.required) found.append(new Option("", ""));
  found.append(...column.values.map((word) => new Option(word, word)));
  return found;
}

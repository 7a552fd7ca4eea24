// The page: asks the server what bytes mean, and shows bytes and fields side by
// side. Nothing that comes from bytes is ever read as HTML.
"use strict";

const $ = (id) => document.getElementById(id);

/** Makes an element with a class, text and children. */
function make(tag, className, ...parts) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...parts);
  return element;
}

const state = {
  protocols: [],
  /** What is shown: {kind: "hex"} or {kind: "file", bytes, name}. */
  source: null,
  messages: [],
  shown: [],
  /** The message that is looked at, and its parts. */
  message: null,
  bytes: new Uint8Array(),
  /** The elements of each byte in the dump. */
  cells: [],
  owners: [],
  /** Rows of the tree in order: {element, start, end, lsb, depth, folded, isGroup}. */
  rows: [],
  row: null,
};
/** Answers that come late are not for what is looked at now. */
let asked = 0;

// ---- The server -----------------------------------------------------------

async function ask(what, parameters, body) {
  const query = new URLSearchParams(parameters);
  const response = await fetch(`/api/${what}?${query}`, body === undefined ? {} : {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body,
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

const chosen = () => ({ protocol: $("protocol").value, type: $("type").value });

// ---- What is looked at ----------------------------------------------------

function tell(text, isFault = false) {
  $("status").textContent = text;
  $("status").classList.toggle("fault", isFault);
}

async function show() {
  const source = state.source;
  if (!source) return;
  const now = ++asked;
  tell("Reading…");
  try {
    const answer = source.kind === "hex"
      ? await ask("hex", chosen(), $("hex").value)
      : await ask("file", { ...chosen(), port: $("port").value.trim() }, source.bytes);
    if (now !== asked) return;
    $("port-label").hidden = answer.port === undefined;
    if (answer.port !== undefined) $("port").value = answer.port;
    tell(source.kind === "file" ? source.name : "");
    showProblems(answer);
    showMessages(answer);
  } catch (error) {
    if (now !== asked) return;
    tell(error.message, true);
    showProblems({ problems: [], other_problems: 0 });
    showMessages({ messages: [], left_out: 0 });
  }
}

function showProblems({ problems, other_problems: others }) {
  const items = problems.map((why) => make("li", "", why));
  if (others > 0) items.push(make("li", "", `and ${others} more`));
  $("problems").replaceChildren(...items);
}

function showMessages({ messages, left_out: leftOut }) {
  state.messages = messages;
  $("filter").value = "";
  $("count").textContent = leftOut > 0
    ? `the first ${messages.length} of ${messages.length + leftOut}`
    : `${messages.length}`;
  $("list-panel").hidden = messages.length < 2;
  listMessages();
  const first = state.shown.find((it) => it.message.error) ?? state.shown[0];
  if (messages.length === 0) {
    $("bytes-panel").hidden = $("fields-panel").hidden = true;
    state.message = null;
  } else {
    // The first that is wrong is what one looks for.
    select(messages.length < 50 ? first : state.shown[0]);
  }
}

const nameOf = (message) => message.handshake !== undefined ? "handshake"
  : message.name ?? (message.error ? "?" : "value");

function listMessages() {
  const wanted = $("filter").value.trim().toLowerCase();
  const matches = (message) => !wanted
    || [nameOf(message), message.from, message.to].some((it) => it?.toLowerCase().includes(wanted));
  state.shown = state.messages.filter(matches).map((message, index) => {
    const name = make("span", message.handshake === undefined ? "name" : "name quiet", nameOf(message));
    const element = make("div", message.error ? "message fault" : "message",
      make("span", "arrow", message.from === undefined ? "" : message.to_server ? "→" : "←"),
      name,
      make("span", "length", `${message.hex.length / 2} B`));
    element.setAttribute("role", "option");
    element.id = `message-${index}`;
    element.title = message.error ?? nameOf(message);
    if (message.from !== undefined) {
      const client = message.to_server ? message.from : message.to;
      const time = message.time?.slice(11, 23) ?? "";
      element.append(make("span", "facts", `${time}  ${client}  #${message.packet}`));
    } else if (message.error) {
      element.append(make("span", "facts", message.error));
    }
    const entry = { message, element };
    element.addEventListener("click", () => select(entry));
    return entry;
  });
  $("messages").replaceChildren(...state.shown.map((it) => it.element));
}

async function select(entry) {
  if (!entry) return;
  for (const { element } of state.shown) element.setAttribute("aria-selected", element === entry.element);
  entry.element.scrollIntoView({ block: "nearest" });
  $("messages").setAttribute("aria-activedescendant", entry.element.id);
  state.message = entry.message;
  const hex = entry.message.hex;
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(at * 2, at * 2 + 2), 16));
  const now = ++asked;
  if (entry.message.handshake !== undefined) {
    const span = { path: [], role: "value", variant: null, value: `"${entry.message.handshake}"`, start: 0, end: bytes.length * 8 };
    return showMessage(entry.message, bytes, { spans: [{ ...span, name: "handshake" }], error: null });
  }
  try {
    // A capture holds messages only.
    const type = entry.message.from === undefined ? chosen() : { ...chosen(), type: "" };
    const answer = await ask("message", type, bytes);
    if (now === asked) showMessage(entry.message, bytes, answer);
  } catch (error) {
    if (now === asked) tell(error.message, true);
  }
}

// ---- Fields ---------------------------------------------------------------

const stepText = (step) => typeof step === "number" ? `[${step}]` : step;

function showMessage(message, bytes, { spans, left_out: leftOut, error }) {
  state.bytes = bytes;
  $("bytes-panel").hidden = $("fields-panel").hidden = false;
  $("title").textContent = nameOf(message);
  $("size").textContent = `${bytes.length}`;
  state.rows = [];
  state.row = null;
  const open = []; // The groups around the next part: their steps.
  let hue = -1;
  let last = null;
  const owners = Array.from(state.bytes, () => []);
  let fault = error;
  const place = (depth, parts, row) => {
    const element = make("div", "field", ...parts);
    element.style.setProperty("--depth", depth);
    element.setAttribute("role", "treeitem");
    element.setAttribute("aria-level", depth + 1);
    element.id = `field-${state.rows.length}`;
    Object.assign(row, { element, depth, index: state.rows.length, folded: false });
    element.addEventListener("click", (event) => {
      if (event.target.classList.contains("fold") && row.isGroup) fold(row, !row.folded);
      pick(row);
    });
    element.addEventListener("mouseenter", () => near(row));
    element.addEventListener("mouseleave", () => near(null));
    state.rows.push(row);
    return row;
  };
  const enter = (path) => {
    let common = 0;
    while (common < open.length && common < path.length && open[common].step === path[common]) common++;
    open.length = common;
    while (open.length < path.length) {
      const step = path[open.length];
      const row = place(open.length, [make("span", "fold", "▾"), make("span", "label", stepText(step))],
        { isGroup: true, start: Infinity, end: 0 });
      row.element.setAttribute("aria-expanded", "true");
      open.push({ step, row });
    }
  };
  const tellFault = () => {
    enter(fault.path.slice(0, -1));
    const step = fault.path.at(-1);
    const row = place(open.length, [make("span", "fold", "✕"),
      make("span", "label", step === undefined ? "" : stepText(step)),
      make("span", "value", fault.text)],
      { isFault: true, start: fault.start, end: Math.max(fault.end, fault.start + 1) });
    row.element.classList.add("fault");
    fault = null;
  };
  for (const span of spans) {
    const isValue = span.role === "value";
    // A count stands beside what it counts, a code or length within it.
    const within = isValue || span.role === "count" || span.role === "flag";
    const path = within ? span.path.slice(0, -1) : span.path;
    enter(path);
    const key = JSON.stringify(span.path);
    if (key !== last) hue = (hue + 1) % 5;
    last = key;
    const own = span.name ?? (within && span.path.length > 0 ? stepText(span.path.at(-1)) : null);
    const label = make("span", `label hue-${hue}`);
    if (own !== null) label.append(own);
    if (!isValue) label.append(make("span", "role", own === null ? span.role : ` ${span.role}`));
    const value = make("span", "value", span.value);
    const row = place(open.length, [make("span", "fold"), label, value, make("span", "where", where(span))],
      { start: span.start, end: span.end, lsb: span.lsb, hue });
    for (const { row: group } of open) {
      group.start = Math.min(group.start, span.start);
      group.end = Math.max(group.end, span.end);
    }
    for (let at = Math.floor(span.start / 8); at < Math.ceil(span.end / 8) && at < owners.length; at++) {
      owners[at].push(row);
    }
    if (fault && fault.start >= span.start && fault.start < span.end) tellFault();
  }
  if (fault) tellFault();
  const elements = state.rows.map((it) => it.element);
  if (leftOut > 0) elements.push(make("div", "hint", `and ${leftOut} more`));
  $("fields").replaceChildren(...elements);
  showBytes(owners, error);
  near(null);
  showBits(null);
  const first = state.rows.find((it) => it.isFault) ?? state.rows[0];
  if (first) pick(first, false);
}

function where({ start, end }) {
  if (start % 8 === 0 && end % 8 === 0) {
    const bytes = (end - start) / 8;
    return bytes === 1 ? `byte ${start / 8}` : bytes === 0 ? "no bytes" : `${bytes} bytes at ${start / 8}`;
  }
  return end - start === 1 ? `bit ${start % 8} of byte ${Math.floor(start / 8)}`
    : `${end - start} bits at ${Math.floor(start / 8)}.${start % 8}`;
}

function fold(row, folded) {
  row.folded = folded;
  row.element.setAttribute("aria-expanded", String(!folded));
  row.element.querySelector(".fold").textContent = folded ? "▸" : "▾";
  let hiddenBelow = Infinity;
  for (const other of state.rows) {
    if (other.depth <= hiddenBelow) hiddenBelow = Infinity;
    other.element.hidden = hiddenBelow < Infinity;
    if (other.isGroup && other.folded && hiddenBelow === Infinity) hiddenBelow = other.depth;
  }
}

/** Looks at a field: lights it and its bytes. */
function pick(row, scroll = true) {
  state.row?.element.setAttribute("aria-selected", "false");
  state.row = row;
  row.element.setAttribute("aria-selected", "true");
  $("fields").setAttribute("aria-activedescendant", row.element.id);
  if (scroll) row.element.scrollIntoView({ block: "nearest" });
  mark("lit", row);
  const first = $("dump").querySelector(".byte.lit");
  first?.scrollIntoView({ block: "nearest" });
  showBits(row);
}

const near = (row) => mark("near", row);

function mark(className, row) {
  for (const element of $("dump").querySelectorAll(`.${className}`)) element.classList.remove(className);
  if (!row) return;
  const end = Math.min(Math.ceil(row.end / 8), state.cells.length);
  for (let at = Math.floor(row.start / 8); at < end; at++) {
    for (const element of state.cells[at]) element.classList.add(className);
  }
}

// ---- Bytes ----------------------------------------------------------------

const ROW = 16;
/** So many bytes are shown; no one looks through more by eye. */
const MOST_BYTES = 16384;

function showBytes(owners, error) {
  state.cells = [];
  state.owners = owners;
  const wrong = (at) => error && at * 8 < Math.max(error.end, error.start + 1) && at * 8 + 8 > error.start;
  const rows = [];
  for (let start = 0; start < state.bytes.length && start < MOST_BYTES; start += ROW) {
    const row = make("div", "row", make("span", "offset", start.toString(16).padStart(6, "0")));
    const ascii = make("span", "ascii");
    for (let at = start; at < start + ROW; at++) {
      const value = state.bytes[at];
      const owner = owners[at]?.[0];
      const colour = owner ? `hue-${owner.hue}` : "free";
      const isWrong = value !== undefined && wrong(at) ? " fault" : "";
      const gap = at % 8 === 0 && at > start ? " gap" : "";
      const byte = make("span", `byte ${value === undefined ? "" : colour}${isWrong}${gap}`,
        value === undefined ? "  " : value.toString(16).padStart(2, "0"));
      row.append(byte);
      if (value === undefined) continue;
      const letter = make("span", isWrong.trim(), value >= 0x20 && value < 0x7f ? String.fromCharCode(value) : "·");
      byte.dataset.at = letter.dataset.at = at;
      state.cells.push([byte, letter]);
      ascii.append(letter);
    }
    row.append(ascii);
    rows.push(row);
  }
  const more = state.bytes.length - MOST_BYTES;
  if (more > 0) rows.push(make("div", "offset", `${more} more bytes`));
  $("dump").replaceChildren(...rows);
}

$("dump").addEventListener("click", ({ target }) => {
  if (target.dataset.at !== undefined) pickByte(state.owners[target.dataset.at]);
});
$("dump").addEventListener("mouseover", ({ target }) => near(state.owners[target.dataset.at]?.[0] ?? null));
$("dump").addEventListener("mouseleave", () => near(null));

/** Looks at a byte's field; of several in it, at the next with each click. */
function pickByte(owners) {
  const faults = state.rows.filter((it) => it.isFault);
  const candidates = owners.length > 0 ? owners : faults;
  if (candidates.length === 0) return;
  const next = candidates[(candidates.indexOf(state.row) + 1) % candidates.length];
  for (const row of state.rows) if (row.folded && row.index < next.index) fold(row, false);
  pick(next);
}

/** The bits of the bytes of a field that does not take whole ones. */
function showBits(row) {
  const isWhole = !row || row.isGroup || row.isFault || (row.start % 8 === 0 && row.end % 8 === 0);
  if (isWhole) {
    $("bits").replaceChildren(make("span", "note", row && !row.isGroup ? where(row) : ""));
    return;
  }
  const parts = [];
  for (let at = Math.floor(row.start / 8); at < Math.ceil(row.end / 8) && parts.length < 200; at++) {
    for (let place = 0; place < 8; place++) {
      const counted = at * 8 + (row.lsb ? 7 - place : place);
      const bit = String(state.bytes[at] >> (7 - place) & 1);
      const isOwn = counted >= row.start && counted < row.end;
      parts.push(make(isOwn ? "b" : "span", isOwn ? `hue-${row.hue}` : "others", bit));
    }
    parts.push(" ");
  }
  $("bits").replaceChildren(...parts, make("br"), make("span", "note", where(row)));
}

// ---- Keyboard, files, choices ---------------------------------------------

$("messages").addEventListener("keydown", (event) => {
  const at = state.shown.findIndex((it) => it.message === state.message);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: state.shown.length - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  select(state.shown[Math.max(0, Math.min(to, state.shown.length - 1))]);
});

$("fields").addEventListener("keydown", (event) => {
  const row = state.row;
  if (!row) return;
  const seen = state.rows.filter((it) => !it.element.hidden);
  const at = seen.indexOf(row);
  const go = (to) => pick(seen[Math.max(0, Math.min(to, seen.length - 1))]);
  switch (event.key) {
    case "ArrowDown": go(at + 1); break;
    case "ArrowUp": go(at - 1); break;
    case "Home": go(0); break;
    case "End": go(seen.length - 1); break;
    case "ArrowRight":
      if (row.isGroup && row.folded) fold(row, false); else if (row.isGroup) go(at + 1);
      break;
    case "ArrowLeft":
      if (row.isGroup && !row.folded) { fold(row, true); break; }
      for (let index = row.index; index >= 0; index--) {
        if (state.rows[index].isGroup && state.rows[index].depth < row.depth) { pick(state.rows[index]); break; }
      }
      break;
    default: return;
  }
  event.preventDefault();
});

async function openFile(file) {
  if (!file) return;
  if (file.size > 32 * 2 ** 20) {
    tell(`${file.name}: more than 32 MiB are not looked at here`, true);
    return;
  }
  state.source = { kind: "file", bytes: new Uint8Array(await file.arrayBuffer()), name: file.name };
  $("port").value = "";
  await show();
}

function showHex() {
  state.source = { kind: "hex" };
  $("port-label").hidden = true;
  return show();
}

$("show").addEventListener("click", showHex);
$("hex").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) showHex();
});
$("hex").addEventListener("paste", () => setTimeout(showHex));
$("open").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", () => openFile($("file").files[0]));
$("port").addEventListener("change", show);
$("filter").addEventListener("input", listMessages);
$("example").addEventListener("click", () => {
  $("protocol").value = state.protocols.find((it) => it.name === "pokersource")?.name ?? $("protocol").value;
  showProtocol();
  $("hex").value = "0c 0017 0003 05 0003 4f 000c 00000007 00000001 ff 05 0003 05 0003\n"
    + "70 0026 00000007 0000000a 00000000 02 0000 0000 00000000 0000 0000 0000 0000 0000 0000 0000";
  showHex();
});

let dragged = 0;
addEventListener("dragenter", (event) => { event.preventDefault(); dragged++; $("drop").hidden = false; });
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("dragleave", () => { dragged = Math.max(0, dragged - 1); $("drop").hidden = dragged === 0; });
addEventListener("drop", (event) => {
  event.preventDefault();
  dragged = 0;
  $("drop").hidden = true;
  openFile(event.dataTransfer.files[0]);
});

function showProtocol() {
  const protocol = state.protocols.find((it) => it.name === $("protocol").value);
  const whole = make("option", "", protocol.messages === null ? "the whole format" : `messages (${protocol.messages})`);
  whole.value = "";
  $("type").replaceChildren(whole, ...protocol.types.map((name) => make("option", "", name)));
  $("doc").textContent = [protocol.version && `Version ${protocol.version}.`, protocol.doc].filter(Boolean).join(" ");
}

$("protocol").addEventListener("change", () => { showProtocol(); show(); });
$("type").addEventListener("change", show);

ask("protocols", {}).then((protocols) => {
  state.protocols = protocols;
  $("protocol").replaceChildren(...protocols.map(({ name }) => make("option", "", name)));
  showProtocol();
  $("hex").focus();
}, (error) => tell(error.message, true));

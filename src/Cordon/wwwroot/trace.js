// Draws a trace and replays it. Accounts are HTML buttons, so that keyboard and reader reach them; edges are one canvas, so that
// thousands of them cost one drawing. A large trace is grouped by layer and member; a group opens on click, its largest first.
const card = { width: 172, height: 50, gap: 10, pitch: 268, margin: 16, head: 24 };
const singles = 40;
const openAtOnce = 30;
const widest = 26;
const mostPixels = 6e6;

export async function attach(root, told, graphFile) {
  const { attach: attachView } = await import(graphFile);
  const view = root.querySelector('.c-graph');
  const plane = view.querySelector('.c-plane');
  const canvas = plane.querySelector('canvas');
  const pen = canvas.getContext('2d');
  const [play, slider, said, fold] = ['[data-play]', '[data-time]', '[data-said]', '[data-fold]'].map(q => root.querySelector(q));
  const ends = new AbortController();
  const on = (target, kind, act) => target.addEventListener(kind, act, { signal: ends.signal });
  const opened = new Map();
  let data, flows, moments, picture, chosen = null, playing = 0, moment = 0;

  // Made once a trace: a formatter made for every sum was half of a frame.
  let sums;
  const money = minor => sums.format(minor / 10 ** data.digits);
  const clock = seconds => new Date(data.from + seconds * 1000 + data.offset * 60000).toISOString().replace('T', ' ').slice(0, 19);

  // Which box each account is drawn in: itself, its group, or the rest of an open group.
  const boxes = () => {
    const arrived = new Float64Array(data.nodes.length);
    for (let f = 0; f < flows.length; f += 4) arrived[flows[f + 1]] += flows[f + 3];
    for (let f = 0; f < flows.length; f += 4) if (data.nodes[flows[f]].kind === 'victim') arrived[flows[f]] += flows[f + 3];
    const grouped = data.nodes.length > singles;
    const groups = new Map();
    data.nodes.forEach((node, n) => {
      const key = node.kind === 'exit' ? node.key : `${node.layer}|${node.kind}|${grouped ? node.member : n}`;
      if (!groups.has(key)) groups.set(key, { key, layer: node.layer, kind: node.kind, members: [] });
      groups.get(key).members.push(n);
    });
    const list = [], at = new Int32Array(data.nodes.length);
    const put = (box, members) => { for (const n of members) at[n] = list.length; list.push({ ...box, nodes: members, total: members.reduce((sum, n) => sum + arrived[n], 0) }); };
    const ordered = [...groups.values()].sort((a, b) => a.layer - b.layer);
    for (const group of ordered) {
      group.members.sort((a, b) => data.nodes[b].stoppable - data.nodes[a].stoppable || arrived[b] - arrived[a] || a - b);
      const shown = opened.get(group.key);
      if (group.members.length === 1 || !shown) { put(group, group.members); continue; }
      list.push({ ...group, header: true, nodes: group.members, total: group.members.reduce((sum, n) => sum + arrived[n], 0) });
      for (const n of group.members.slice(0, shown)) put({ ...group, within: group.key }, [n]);
      if (group.members.length > shown) put({ ...group, within: group.key, rest: true }, group.members.slice(shown));
    }
    return { list, at };
  };

  const layOut = () => {
    const { list, at } = boxes();
    const columns = new Map();
    list.forEach(box => { if (!columns.has(box.layer)) columns.set(box.layer, []); columns.get(box.layer).push(box); });
    const layers = [...columns.keys()].sort((a, b) => a - b);
    const tall = box => box.header ? card.head : card.height;
    let height = 0;
    layers.forEach((layer, c) => {
      const blocks = new Map();
      for (const box of columns.get(layer)) { const k = box.within ?? box.key; if (!blocks.has(k)) blocks.set(k, []); blocks.get(k).push(box); }
      const weight = block => block[0].header ? block[0].total : block.reduce((sum, b) => sum + b.total, 0);
      let y = card.margin;
      for (const block of [...blocks.values()].sort((a, b) => weight(b) - weight(a)))
        for (const box of block) { box.x = card.margin + c * card.pitch; box.y = y; y += tall(box) + (box.header ? 4 : card.gap); }
      columns.get(layer).bottom = y;
      height = Math.max(height, y);
    });
    for (const layer of layers) {
      // A column next to a much longer one stands in view with it, not at its middle.
      const shift = Math.min(160, (height - columns.get(layer).bottom) / 2);
      for (const box of columns.get(layer)) box.y += shift;
    }
    const edges = new Map();
    const of = new Int32Array(flows.length / 4);
    for (let f = 0; f < flows.length; f += 4) {
      const [from, to] = [at[flows[f]], at[flows[f + 1]]];
      if (from === to) { of[f / 4] = -1; continue; }
      const key = from * list.length + to;
      if (!edges.has(key)) edges.set(key, { from: list[from], to: list[to], total: 0, done: 0, number: edges.size });
      const edge = edges.get(key);
      edge.total += flows[f + 3];
      of[f / 4] = edge.number;
    }
    const lines = [...edges.values()];
    const most = Math.max(1, ...lines.map(e => e.total));
    for (const e of lines) e.width = Math.max(1, widest * e.total / most);
    return { list, at, lines, of, width: card.margin * 2 + (layers.length - 1) * card.pitch + card.width, height: height + card.margin };
  };

  const kindOf = box => box.header ? 'head' : box.nodes.length > 1 ? 'group' : 'one';
  const build = () => {
    picture = layOut();
    plane.style.width = `${picture.width}px`;
    plane.style.height = `${picture.height}px`;
    const focused = document.activeElement?.dataset?.box;
    for (const old of plane.querySelectorAll('button')) old.remove();
    const fragment = document.createDocumentFragment();
    for (const box of picture.list) {
      const first = data.nodes[box.nodes[0]];
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset.box = box.header ? box.key : box.rest ? `${box.key}|rest` : box.nodes.length > 1 ? box.key : first.key;
      const stoppable = box.nodes.filter(n => data.nodes[n].stoppable).length;
      const tone = kindOf(box) === 'one' && first.kind !== 'victim' ? ` c-tone-${first.outcome.toLowerCase()}` : '';
      button.className = box.header ? 'c-tool c-open-group' : `c-node c-node-${kindOf(box) === 'one' ? first.kind : 'more'}${tone}${stoppable ? ' c-stoppable' : ''}`;
      Object.assign(button.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${card.width}px`, height: `${box.header ? card.head : card.height}px`, position: 'absolute' });
      const line = (name, text) => { const span = document.createElement('span'); if (name) span.className = name; span.textContent = text; button.append(span); return span; };
      if (box.header) {
        line('', `▾ ${first.member || 'Accounts'}, ${box.nodes.length} · collapse`);
        button.setAttribute('aria-expanded', 'true');
      } else {
        const many = box.nodes.length > 1;
        if (many && !box.rest) button.setAttribute('aria-expanded', 'false');
        line('c-node-title', many ? (box.rest ? `+${box.nodes.length} more` : `${first.member || first.title} · ${box.nodes.length}`) : first.title);
        line('c-node-sub', (many ? (box.rest ? first.member : (stoppable ? `open · ${stoppable} can be stopped` : 'accounts · open')) : first.member));
        box.sum = line('c-node-sum', '');
      }
      on(button, 'click', () => press(box));
      box.button = button;
      fragment.append(button);
    }
    plane.append(fragment);
    fold.hidden = opened.size === 0;
    if (focused) plane.querySelector(`[data-box="${CSS.escape(focused)}"]`)?.focus();
    size();
    draw();
  };

  const press = box => {
    if (box.header) opened.delete(box.key);
    else if (box.rest) opened.set(box.key, opened.get(box.key) + openAtOnce);
    else if (box.nodes.length > 1) opened.set(box.key, openAtOnce);
    else {
      const node = data.nodes[box.nodes[0]];
      chosen = chosen === node.key || node.kind !== 'account' ? null : node.key;
      told.invokeMethodAsync('ChooseAsync', chosen ?? '');
      draw();
      return;
    }
    build();
  };

  const size = () => {
    const scale = Math.min(devicePixelRatio || 1, 2, Math.sqrt(mostPixels / (picture.width * picture.height)));
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.style.width = `${picture.width}px`;
    canvas.style.height = `${picture.height}px`;
    picture.scale = scale;
  };

  const curve = (e, back) => {
    const mid = box => box.y + (box.header ? card.head : card.height) / 2;
    const [x1, y1, y2] = [e.from.x + card.width, mid(e.from), mid(e.to)];
    const x2 = back ? e.to.x + card.width : e.to.x;
    const bend = back ? Math.max(x1, x2) + 50 : x1 + (x2 - x1) / 2;
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.bezierCurveTo(bend, y1, back ? bend : x1 + (x2 - x1) / 2, y2, x2, y2);
    pen.stroke();
  };

  // One pass over the flows up to the moment gives every box and edge its money; then edges and sums are drawn.
  const draw = () => {
    const until = moments[moment] ?? 0;
    const [came, left] = [new Float64Array(picture.list.length), new Float64Array(picture.list.length)];
    for (const e of picture.lines) e.done = 0;
    let passed = 0;
    for (let f = 0; f < flows.length && flows[f + 2] <= until; f += 4, passed++) {
      came[picture.at[flows[f + 1]]] += flows[f + 3];
      left[picture.at[flows[f]]] += flows[f + 3];
      const edge = picture.of[f / 4];
      if (edge >= 0) picture.lines[edge].done += flows[f + 3];
    }
    const style = getComputedStyle(view);
    const [flow, accent] = ['--c-flow', '--c-accent'].map(name => style.getPropertyValue(name));
    pen.setTransform(picture.scale, 0, 0, picture.scale, 0, 0);
    pen.clearRect(0, 0, picture.width, picture.height);
    for (const e of picture.lines) {
      const near = chosen && (e.from.button?.dataset.box === chosen || e.to.button?.dataset.box === chosen);
      const back = e.to.x <= e.from.x;
      pen.strokeStyle = near ? accent : flow;
      if (e.done < e.total) { pen.globalAlpha = chosen && !near ? 0.06 : 0.16; pen.lineWidth = 1; curve(e, back); }
      if (e.done > 0) { pen.globalAlpha = chosen && !near ? 0.14 : 0.5; pen.lineWidth = Math.max(1, e.width * e.done / e.total); curve(e, back); }
    }
    let [here, out] = [0, 0];
    picture.list.forEach((box, b) => {
      if (box.header) return;
      const kind = data.nodes[box.nodes[0]].kind;
      const rest = came[b] - left[b];
      if (kind === 'exit') out += came[b];
      else if (kind === 'account') here += Math.max(0, rest);
      const text = kind === 'victim' ? `paid ${money(left[b])}` : kind === 'exit' ? money(came[b]) : `here ${money(Math.max(0, rest))}`;
      if (box.sum.textContent !== text) box.sum.textContent = text;
      box.button.classList.toggle('c-quiet', came[b] + left[b] === 0);
      box.button.classList.toggle('c-chosen', chosen !== null && box.button.dataset.box === chosen);
    });
    said.textContent = `${clock(until)} · ${passed} of ${flows.length / 4} transfers · ${money(here)} in accounts, ${money(out)} out`;
    slider.setAttribute('aria-valuetext', `${clock(until)}, ${passed} transfers`);
    if (slider.valueAsNumber !== moment) slider.valueAsNumber = moment;
  };

  let asked = 0;
  const go = to => {
    moment = Math.max(0, Math.min(moments.length - 1, to));
    asked ||= requestAnimationFrame(() => { asked = 0; draw(); });
  };
  const stop = () => {
    cancelAnimationFrame(playing);
    playing = 0;
    play.textContent = 'Play';
    play.setAttribute('aria-pressed', 'false');
  };
  const start = () => {
    if (moment >= moments.length - 1) moment = 0;
    play.textContent = 'Pause';
    play.setAttribute('aria-pressed', 'true');
    // The whole flow in at most twelve seconds, however many moments it has.
    const each = Math.min(250, 12_000 / moments.length);
    const [began, from] = [performance.now(), moment];
    const frame = now => {
      const next = from + Math.floor((now - began) / each);
      if (next !== moment) { moment = Math.min(next, moments.length - 1); draw(); }
      playing = requestAnimationFrame(frame);
      if (moment >= moments.length - 1) stop();
    };
    playing = requestAnimationFrame(frame);
  };

  on(play, 'click', () => playing ? stop() : start());
  on(slider, 'input', () => { if (playing) stop(); go(slider.valueAsNumber); });
  for (const step of root.querySelectorAll('[data-step]')) on(step, 'click', () => { stop(); go(moment + Number(step.dataset.step)); });
  on(fold, 'click', () => { opened.clear(); build(); });
  const scheme = new MutationObserver(() => picture && draw());
  scheme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] });
  const moves = attachView(view, false);

  return {
    show(told) {
      const began = performance.now();
      const atEnd = !moments || moment >= moments.length - 1;
      stop();
      [data, flows] = [told, Float64Array.from(told.flows)];
      sums = new Intl.NumberFormat('en', { minimumFractionDigits: data.digits, maximumFractionDigits: data.digits });
      moments = [];
      for (let f = 0; f < flows.length; f += 4) if (moments.at(-1) !== flows[f + 2]) moments.push(flows[f + 2]);
      moment = atEnd ? Math.max(0, moments.length - 1) : Math.min(moment, moments.length - 1);
      slider.max = String(Math.max(0, moments.length - 1));
      build();
      // How long the browser worked on it; docs/reference/performance.md has figures of it.
      root.dataset.drawn = (performance.now() - began).toFixed(1);
    },
    dispose() { ends.abort(); stop(); scheme.disconnect(); moves.dispose(); },
  };
}

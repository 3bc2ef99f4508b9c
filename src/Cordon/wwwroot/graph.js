// Zoom and pan of a drawn trace. The drawing is made on the server; only the view moves here.
const least = 0.2;
const most = 2.5;

// A drawing that grows where one opens a part of it keeps the view after the first fit.
export function attach(view, refit = true) {
  const plane = view.querySelector('.c-plane');
  const tools = view.previousElementSibling;
  const ends = new AbortController();
  const on = (target, kind, act, options) => target.addEventListener(kind, act, { signal: ends.signal, ...options });
  let scale = 1;
  let x = 0;
  let y = 0;
  const put = () => { plane.style.transform = `translate(${x}px,${y}px) scale(${scale})`; };

  const zoom = (factor, atX = view.clientWidth / 2, atY = view.clientHeight / 2) => {
    const next = Math.min(most, Math.max(least, scale * factor));
    x = atX - (atX - x) * next / scale;
    y = atY - (atY - y) * next / scale;
    scale = next;
    put();
  };
  const fit = smallest => {
    const [w, h] = [plane.offsetWidth, plane.offsetHeight];
    if (!w || !h) return;
    scale = Math.max(smallest, Math.min(1, view.clientWidth / w, view.clientHeight / h));
    x = Math.max(0, (view.clientWidth - w * scale) / 2);
    y = (view.clientHeight - h * scale) / 2;
    if (y < 0 && smallest > least) y = Math.min(0, y);
    put();
  };

  on(view, 'wheel', e => {
    if (!(e.ctrlKey || e.metaKey || document.activeElement === view)) return;
    e.preventDefault();
    const box = view.getBoundingClientRect();
    zoom(Math.exp(-e.deltaY / 400), e.clientX - box.left, e.clientY - box.top);
  }, { passive: false });

  const fingers = new Map();
  let apart = 0;
  let moved = false;
  on(view, 'pointerdown', e => {
    fingers.set(e.pointerId, e);
    moved = false;
  });
  on(view, 'pointermove', e => {
    const before = fingers.get(e.pointerId);
    if (!before) return;
    if (fingers.size === 1) {
      const [dx, dy] = [e.clientX - before.clientX, e.clientY - before.clientY];
      // A press that trembles is still a press: only a real move takes the pointer from the cards.
      if (!moved && Math.hypot(dx, dy) < 4) return;
      if (!moved) view.setPointerCapture(e.pointerId);
      moved = true;
      x += dx;
      y += dy;
      put();
    }
    fingers.set(e.pointerId, e);
    if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      const box = view.getBoundingClientRect();
      if (apart) zoom(now / apart, (a.clientX + b.clientX) / 2 - box.left, (a.clientY + b.clientY) / 2 - box.top);
      apart = now;
    }
  });
  for (const kind of ['pointerup', 'pointercancel']) on(view, kind, e => { fingers.delete(e.pointerId); apart = 0; });

  on(view, 'keydown', e => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[e.key];
    if (step && e.target === view) { x += step[0]; y += step[1]; put(); e.preventDefault(); }
    if (e.key === '+' || e.key === '=') zoom(1.25);
    if (e.key === '-') zoom(0.8);
    if (e.key === '0') fit(least);
  });
  // A card reached by Tab is brought into view by moving the plane: the browser's own scrolling would fight the transform.
  on(view, 'focusin', e => {
    view.scrollTo(0, 0);
    if (e.target === view || !e.target.matches(':focus-visible')) return;
    const [box, card] = [view.getBoundingClientRect(), e.target.getBoundingClientRect()];
    if (card.left < box.left || card.right > box.right) x += box.left + box.width / 2 - (card.left + card.right) / 2;
    if (card.top < box.top || card.bottom > box.bottom) y += box.top + box.height / 2 - (card.top + card.bottom) / 2;
    put();
  });
  on(tools, 'click', e => {
    const what = e.target.closest('[data-zoom]')?.dataset.zoom;
    if (what === 'in') zoom(1.25);
    if (what === 'out') zoom(0.8);
    if (what === 'fit') fit(least);
  });
  let fitted = false;
  const resized = new ResizeObserver(() => {
    if (refit || !fitted) fit(0.72);
    fitted ||= plane.offsetWidth > 0;
  });
  resized.observe(plane);
  return { dispose() { ends.abort(); resized.disconnect(); } };
}

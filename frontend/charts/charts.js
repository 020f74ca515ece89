// <captain-chart data-spec="…">: draws what `frontend/src/state/chart.rs` writes, with uPlot. Downloaded by the first page that
// has a chart. The same numbers stand in a table beside it, so this is a picture and nothing else.
import uPlot from "uplot";
import css from "uplot/dist/uPlot.min.css";

// A sheet of its own, inside: the page's policy allows no other styles, and no other page pays for it.
const sheet = new CSSStyleSheet();
sheet.replaceSync(
  `${css}
  :host { display: block; position: relative; min-width: 0; }
  .tip { position: absolute; top: 0; left: 0; z-index: 2; pointer-events: none; padding: .45rem .7rem; border-radius: .6rem; max-width: 14rem;
    background: var(--deck); color: var(--on-deck); font-size: .8rem; line-height: 1.25rem; font-variant-numeric: tabular-nums; box-shadow: 0 6px 20px rgb(6 33 35 / .25); }
  .tip b { display: block; font-weight: 600; }
  .tip[hidden] { display: none; }`,
);

const HEIGHT = 220;
const observed = new Set();

/** The colours are written as light-dark() and differ with the theme: the browser says what they are now. */
function colour(host, token) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${token})`;
  host.shadowRoot.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function options(spec, host, width, tip) {
  const font = `12px ${getComputedStyle(host).fontFamily}`;
  const [soft, line, surface] = ["ink-soft", "line", "surface"].map((token) => colour(host, token));
  const count = spec.labels.length;
  const isBars = spec.kind === "bars";
  const bars = spec.series.length;
  const series = spec.series.map((one, index) => {
    const stroke = colour(host, one.tone);
    if (isBars) {
      // The bars of one label stand side by side, each in its part of the place.
      const size = 0.72 / bars;
      const disp = {
        x0: { unit: 1, values: () => spec.labels.map((_, at) => at - 0.36 + index * size) },
        size: { unit: 1, values: () => spec.labels.map(() => size * 0.92) },
      };
      const paths = uPlot.paths.bars({ disp, radius: 0.2 });
      return { label: one.name, fill: stroke, stroke, width: 0, paths, points: { show: false } };
    }
    return {
      label: one.name,
      stroke,
      width: one.dashed ? 2 : 3,
      dash: one.dashed ? [5, 5] : undefined,
      spanGaps: true,
      points: { show: count <= 40, size: one.dashed ? 6 : 8, width: 2, stroke, fill: one.dashed ? surface : stroke },
    };
  });
  const mark = spec.mark && {
    hooks: {
      draw: (plot) => {
        const y = plot.valToPos(spec.mark.at, "y", true);
        const { ctx, bbox } = plot;
        ctx.save();
        ctx.strokeStyle = soft;
        ctx.setLineDash([2 * devicePixelRatio, 5 * devicePixelRatio]);
        ctx.lineWidth = 1.5 * devicePixelRatio;
        ctx.beginPath();
        ctx.moveTo(bbox.left, y);
        ctx.lineTo(bbox.left + bbox.width, y);
        ctx.stroke();
        ctx.restore();
      },
    },
  };
  return {
    width,
    height: HEIGHT,
    // Half of the last label stands beyond the last point.
    padding: [12, isBars ? 12 : 26, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false, setScale: false }, points: { size: 9 } },
    scales: {
      x: { time: false, range: isBars || count === 1 ? [-0.5, count - 0.5] : [0, count - 1] },
      y: { range: (_, low, high) => [spec.low ?? Math.min(0, low ?? 0), spec.high ?? Math.max(1, Math.ceil((high ?? 1) * 1.1))] },
    },
    axes: [
      {
        stroke: soft,
        font,
        size: 30,
        grid: { show: false },
        ticks: { show: false },
        // Only whole places have a label, and no more than there is room for.
        splits: () => {
          const step = Math.max(1, Math.ceil((count * Math.max(...spec.labels.map((label) => label.length)) * 8) / Math.max(width - 60, 60)));
          return spec.labels.map((_, index) => index).filter((index) => (count - 1 - index) % step === 0);
        },
        values: (_, places) => places.map((place) => spec.labels[place] ?? ""),
      },
      // Whole steps only: there are no half sessions.
      { stroke: soft, font, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000], grid: { stroke: line, width: 1 }, ticks: { show: false }, values: (_, values) => values.map((value) => (Number.isInteger(value) ? `${value}${spec.unit}` : "")) },
    ],
    series: [{}, ...series],
    plugins: [mark, { hooks: { setCursor: (plot) => say(plot, spec, tip) } }].filter(Boolean),
  };
}

/** What stands at the pointer, in words. */
function say(plot, spec, tip) {
  const { idx, left } = plot.cursor;
  tip.hidden = idx == null || left < 0;
  if (tip.hidden) return;
  const head = document.createElement("b");
  head.textContent = spec.labels[idx];
  const lines = spec.series.map((one) => {
    const line = document.createElement("span");
    line.style.display = "block";
    line.textContent = `${one.name} ${one.values[idx] ?? "–"}${one.values[idx] == null ? "" : spec.unit}`;
    return line;
  });
  tip.replaceChildren(head, ...lines);
  const at = left + plot.bbox.left / devicePixelRatio;
  const room = plot.width - tip.offsetWidth - 4;
  tip.style.transform = `translate(${Math.max(4, Math.min(room, at - tip.offsetWidth / 2))}px, 0)`;
}

class CaptainChart extends HTMLElement {
  static observedAttributes = ["data-spec"];
  #plot;
  #size = new ResizeObserver(() => this.#resize());

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    observed.add(this);
    this.#size.observe(this);
    this.draw();
  }

  disconnectedCallback() {
    observed.delete(this);
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  attributeChangedCallback() {
    if (this.isConnected && this.shadowRoot) this.draw();
  }

  draw() {
    this.#plot?.destroy();
    this.#plot = undefined;
    const spec = JSON.parse(this.dataset.spec ?? "null");
    const width = this.clientWidth;
    if (!spec || width === 0) return;
    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    const room = document.createElement("div");
    this.shadowRoot.replaceChildren(room, tip);
    const data = [spec.labels.map((_, index) => index), ...spec.series.map((one) => one.values)];
    this.#plot = new uPlot(options(spec, this, width, tip), data, room);
    this.#plot.over.addEventListener("mouseleave", () => (tip.hidden = true));
  }

  #resize() {
    if (!this.#plot) this.draw();
    else if (this.#plot.width !== this.clientWidth && this.clientWidth > 0) this.draw();
  }
}

const again = () => observed.forEach((chart) => chart.draw());
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
new MutationObserver(again).observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
customElements.define("captain-chart", CaptainChart);

// Apache ECharts comes with the Vizor.ECharts package as a file of ours (no CDN). Its own binding evaluates options as code,
// which a strict content security policy forbids; plain data is enough here, so the library is called directly.
let library;
const load = () => library ??= new Promise((done, failed) => {
  const script = document.createElement('script');
  script.src = new URL('_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js', document.baseURI);
  script.onload = () => done(window.echarts);
  script.onerror = failed;
  document.head.append(script);
});

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export async function trend(place, names = ['Signals', 'Not let pass (right scale)']) {
  const echarts = await load();
  const chart = echarts.init(place, null, { renderer: 'svg' });
  let data = [[], [], []];

  const draw = () => {
    const [days, bars, ...lines] = data;
    const text = { color: colour('--c-dim'), fontFamily: 'inherit', fontSize: 11 };
    const line = { lineStyle: { color: colour('--c-line') } };
    chart.setOption({
      animation: false,
      grid: { left: 8, right: 8, top: 30, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, textStyle: text },
      tooltip: { trigger: 'axis', backgroundColor: colour('--c-surface'), borderColor: colour('--c-line'), textStyle: { ...text, color: colour('--c-text') } },
      xAxis: { type: 'category', data: days, axisLabel: text, axisLine: line, axisTick: { show: false } },
      yAxis: [
        { type: 'value', axisLabel: text, splitLine: line, minInterval: 1 },
        { type: 'value', axisLabel: text, splitLine: { show: false }, minInterval: 1 },
      ],
      series: [
        { name: names[0], type: 'bar', data: bars, barMaxWidth: 18, itemStyle: { color: colour('--c-bar') } },
        ...lines.map((data, i) => ({
          name: names[i + 1], type: 'line', yAxisIndex: 1, data, symbolSize: 5, lineStyle: { width: 2, type: i === 0 ? 'solid' : 'dashed' },
          color: colour(i === 0 ? '--c-alarm' : '--c-held'),
        })),
      ],
    });
  };

  const resized = new ResizeObserver(() => chart.resize());
  resized.observe(place);
  const recoloured = new MutationObserver(draw);
  recoloured.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
  return {
    show(days, bars, ...lines) { data = [days, bars, ...lines]; draw(); },
    dispose() { resized.disconnect(); recoloured.disconnect(); chart.dispose(); },
  };
}
